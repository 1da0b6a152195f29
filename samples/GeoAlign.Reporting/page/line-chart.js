// Curves with bands, gaps where values are missing.

// Mean of the last n present values at each position; a gap stays a gap.
function runningMean(values, n) {
  const recent = [];
  return values.map(v => {
    if (v === null) return null;
    recent.push(v);
    if (recent.length > n) recent.shift();
    return recent.reduce((a, b) => a + b, 0) / recent.length;
  });
}

function lineChart(figure) {
  const data = dataOf(figure), plot = new Plot(figure), shown = data.series.map(() => true);
  const visible = (v, log) => v !== null && (!log || v > 0);
  for (const s of data.series) s.smooth = data.mean > 1 ? runningMean(s.y, data.mean) : s.y;
  let columns = [];

  function draw() {
    plot.clear();
    const series = data.series.filter((_, i) => shown[i]);
    const xs = [], ys = [];
    for (const s of series) s.x.forEach((x, i) => {
      if (!visible(x, data.logX)) return;
      for (const v of [s.y[i], s.low?.[i] ?? null, s.high?.[i] ?? null]) if (visible(v, data.logY)) { xs.push(x); ys.push(v); }
    });
    columns = [...new Set(xs)].sort((a, b) => a - b);
    if (columns.length === 0) { plot.empty("no values"); return; }
    for (const m of data.markers) if (visible(m.at, data.logY)) ys.push(m.at);
    if (data.zero && !data.logY) ys.push(0);
    const span = values => values.reduce(([a, b], v) => [Math.min(a, v), Math.max(b, v)], [Infinity, -Infinity]);
    const [x0, x1] = span(xs), y = padded(...span(ys), data.logY);
    plot.frame({ x: x0 === x1 ? padded(x0, x1, data.logX) : [x0, x1], y, logX: data.logX, logY: data.logY, xLabel: data.x, countX: columns.every(Number.isInteger) });
    for (const m of data.markers) if (visible(m.at, data.logY)) drawMarker(m);
    for (const s of series) drawSeries(s);
  }

  function drawMarker(m) {
    const y = plot.y(m.at).toFixed(1);
    plot.add("line", { class: "marker", x1: plot.area.left, x2: plot.area.right, y1: y, y2: y });
    plot.text(m.label, { class: "marker-label", x: plot.area.right - 2, y: +y - 5, "text-anchor": "end" });
  }

  // Runs of neighbouring positions where every given list has a value.
  function runs(s, ...lists) {
    const found = [];
    let run = [];
    s.x.forEach((x, i) => {
      if (visible(x, data.logX) && lists.every(list => visible(list[i], data.logY))) run.push(i);
      else if (run.length > 0) { found.push(run); run = []; }
    });
    if (run.length > 0) found.push(run);
    return found;
  }

  const line = (s, run, values) => run.map((i, k) => (k ? "L" : "M") + plot.x(s.x[i]).toFixed(1) + " " + plot.y(values[i]).toFixed(1)).join("");

  function drawSeries(s) {
    const group = plot.add("g", { class: s.tone });
    if (s.low) for (const run of runs(s, s.low, s.high)) {
      const back = [...run].reverse().map(i => "L" + plot.x(s.x[i]).toFixed(1) + " " + plot.y(s.low[i]).toFixed(1)).join("");
      plot.add("path", { class: "band", d: line(s, run, s.high) + back + "Z" }, group);
    }
    if (data.mean > 1) for (const run of runs(s, s.y)) plot.add("path", { class: "curve faint", d: line(s, run, s.y) }, group);
    const few = s.x.length <= 30 && data.mean === 1;
    for (const run of runs(s, s.smooth)) {
      plot.add("path", { class: "curve" + (s.dashed ? " dashed" : ""), d: line(s, run, s.smooth) }, group);
      if (few || run.length === 1) for (const i of run) plot.add("circle", { class: "dot", r: 3, cx: plot.x(s.x[i]).toFixed(1), cy: plot.y(s.smooth[i]).toFixed(1) }, group);
    }
  }

  let cursor = null;
  const hide = () => { cursor?.remove(); cursor = null; plot.readout.hidden = true; };
  function show(index) {
    hide();
    const at = columns[index], x = plot.x(at), rows = [];
    cursor = plot.add("g", {});
    plot.add("line", { class: "cursor", x1: x, x2: x, y1: plot.area.top, y2: plot.area.bottom }, cursor);
    data.series.forEach((s, k) => {
      const i = shown[k] ? s.x.lastIndexOf(at) : -1;
      if (i < 0) return;
      const v = s.smooth[i], band = s.low && visible(s.low[i]) && visible(s.high[i]) ? ` (${figures(s.low[i], 3)} to ${figures(s.high[i], 3)})` : "";
      rows.push({ tone: s.tone, name: s.name || "value", value: withUnit(v, data.unit) + band });
      if (visible(v, data.logY)) plot.add("circle", { class: "halo", r: 4, cx: x, cy: plot.y(v) }, plot.add("g", { class: s.tone }, cursor));
    });
    plot.read(x, `${data.x} ${figures(at)}`, rows);
  }

  plot.pointer(() => columns.map(c => plot.x(c)), show, hide);
  legendSwitches(figure, shown, draw);
  drawWithSize(plot.svg, draw);
}
