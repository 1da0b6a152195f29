// Distributions over each other, as outlines with the median of each.
function histogram(figure) {
  const data = dataOf(figure), plot = new Plot(figure), shown = data.series.map(() => true);
  const bins = Math.max(0, data.edges.length - 1);
  // Unequal numbers of values are compared by their shares.
  const asShare = new Set(data.series.map(s => s.total)).size > 1;
  const height = (s, i) => asShare ? (s.total > 0 ? 100 * s.counts[i] / s.total : 0) : s.counts[i];

  function draw() {
    plot.clear();
    const series = data.series.filter((_, i) => shown[i]);
    const top = Math.max(0, ...series.flatMap(s => s.counts.map((_, i) => height(s, i))));
    if (bins === 0 || top === 0) { plot.empty("no values"); return; }
    plot.frame({ x: [data.edges[0], data.edges[bins]], y: [0, top * 1.12], logX: data.logX, logY: false, xLabel: [data.x, asShare ? "(share of values, %)" : "(number of values)"].join(" ") });
    for (const s of series) {
      const group = plot.add("g", { class: s.tone });
      let d = `M${plot.x(data.edges[0]).toFixed(1)} ${plot.area.bottom}`;
      s.counts.forEach((_, i) => {
        const y = plot.y(height(s, i)).toFixed(1);
        d += `L${plot.x(data.edges[i]).toFixed(1)} ${y}L${plot.x(data.edges[i + 1]).toFixed(1)} ${y}`;
      });
      plot.add("path", { class: "bars", d: d + `L${plot.area.right} ${plot.area.bottom}Z` }, group);
    }
    for (const s of series) if (s.median !== null && s.median >= data.edges[0] && s.median <= data.edges[bins]) {
      const x = plot.x(s.median).toFixed(1), group = plot.add("g", { class: s.tone });
      plot.add("line", { class: "median", x1: x, x2: x, y1: plot.area.bottom, y2: plot.area.bottom - 12 }, group);
      plot.add("circle", { class: "dot", r: 4, cx: x, cy: plot.area.bottom - 14 }, group);
    }
    for (const m of data.markers) if (m.at >= data.edges[0] && m.at <= data.edges[bins]) {
      const x = plot.x(m.at).toFixed(1), left = x > (plot.area.left + plot.area.right) / 2;
      plot.add("line", { class: "marker", x1: x, x2: x, y1: plot.area.top, y2: plot.area.bottom });
      plot.text(m.label, { class: "marker-label", x: left ? x - 5 : +x + 5, y: plot.area.top + 9, "text-anchor": left ? "end" : "start" });
    }
  }

  let cursor = null;
  const hide = () => { cursor?.remove(); cursor = null; plot.readout.hidden = true; };
  function show(i) {
    hide();
    const from = plot.x(data.edges[i]), to = plot.x(data.edges[i + 1]);
    cursor = plot.add("rect", { class: "shade", x: from, y: plot.area.top, width: Math.max(0, to - from), height: plot.area.bottom - plot.area.top });
    const rows = data.series.filter((_, k) => shown[k]).map(s => ({
      tone: s.tone, name: s.name || "values",
      value: `${s.counts[i]} of ${s.total}` + (s.median !== null ? `, median ${withUnit(s.median, data.unit)}` : ""),
    }));
    plot.read((from + to) / 2, `${figures(data.edges[i], 3)} to ${withUnit(Number(data.edges[i + 1].toPrecision(3)), data.unit)}`, rows);
  }

  plot.pointer(() => plot.x && bins > 0 ? data.edges.slice(0, -1).map((e, i) => (plot.x(e) + plot.x(data.edges[i + 1])) / 2) : [], show, hide);
  legendSwitches(figure, shown, draw);
  drawWithSize(plot.svg, draw);
}
