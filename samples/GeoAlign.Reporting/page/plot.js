// The frame of a chart: axes, ticks, markers, read-out.

// Round steps of 1, 2 or 5 times a power of ten, about as many as asked for.
function tickStep(span, count) {
  const raw = span / Math.max(1, count), power = 10 ** Math.floor(Math.log10(raw)), lead = raw / power;
  return power * (lead < 1.5 ? 1 : lead < 3.5 ? 2 : lead < 7.5 ? 5 : 10);
}

function linearTicks(low, high, count) {
  const step = tickStep(high - low, count), first = Math.ceil(low / step - 1e-9), last = Math.floor(high / step + 1e-9);
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => Number(((first + i) * step).toPrecision(12)));
}

// Ticks of one axis with equally many decimals; powers of ten each in its own way.
function tickLabels(ticks, log) {
  if (log || ticks.length < 2 || ticks.some(t => Math.abs(t) >= 1e6) || ticks[1] - ticks[0] < 1e-5) return ticks.map(t => figures(t));
  const decimals = Math.max(0, -Math.floor(Math.log10(ticks[1] - ticks[0]) + 1e-9));
  return ticks.map(t => t === 0 ? "0" : t.toFixed(decimals).replace("-", "−"));
}

// Powers of ten; within one or two of them also 2 and 5 times.
function logTicks(low, high, count) {
  const from = Math.floor(Math.log10(low) + 1e-9), to = Math.ceil(Math.log10(high) - 1e-9), decades = to - from;
  const leads = decades <= 2 ? [1, 2, 5] : [1], stride = Math.max(1, Math.ceil(decades / Math.max(2, count)));
  const ticks = [];
  for (let e = from; e <= to; e += stride) for (const lead of leads) {
    const tick = Number((lead * 10 ** e).toPrecision(3));
    if (tick >= low * 0.999 && tick <= high * 1.001) ticks.push(tick);
  }
  return ticks.length >= 2 ? ticks : linearTicks(low, high, count).filter(t => t > 0);
}

// Room around what must be seen; a single value gets some of its own size.
function padded(low, high, log, margin = 0.06) {
  if (log) {
    const a = Math.log10(low), b = Math.log10(high), room = b - a > 1e-9 ? margin * (b - a) : 0.3;
    return [10 ** (a - room), 10 ** (b + room)];
  }
  const span = high - low, room = span > 1e-12 * Math.max(Math.abs(low), Math.abs(high)) ? margin * span : Math.max(1e-6, 0.1 * Math.abs(high));
  return [low - room, high + room];
}

const scaleOf = (low, high, from, to, log) => log
  ? value => from + (Math.log10(value) - Math.log10(low)) / (Math.log10(high) - Math.log10(low)) * (to - from)
  : value => from + (value - low) / (high - low) * (to - from);

class Plot {
  constructor(figure) {
    this.box = figure.querySelector(".plot");
    this.svg = this.box.querySelector("svg");
    this.readout = this.box.querySelector(".readout");
  }

  add(tag, attributes, parent = this.svg) {
    const made = document.createElementNS(this.svg.namespaceURI, tag);
    for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
    parent.append(made);
    return made;
  }

  text(text, attributes) { this.add("text", attributes).textContent = text; }

  clear() {
    this.svg.replaceChildren();
    this.readout.hidden = true;
    this.width = this.svg.clientWidth;
    this.height = this.svg.clientHeight;
  }

  empty(words) { this.text(words, { class: "empty", x: this.width / 2, y: this.height / 2 }); }

  // axes: {x: [low, high], y: [low, high], logX, logY, xLabel, countX: whole numbers only}
  frame(axes) {
    const top = 10, bottom = 34, right = 12;
    const yTicks = (axes.logY ? logTicks : linearTicks)(axes.y[0], axes.y[1], Math.max(2, (this.height - top - bottom) / 42));
    const labels = tickLabels(yTicks, axes.logY);
    const left = 14 + 6.6 * Math.max(2, ...labels.map(l => l.length));
    this.area = { left, right: this.width - right, top, bottom: this.height - bottom };
    this.x = scaleOf(axes.x[0], axes.x[1], left, this.area.right, axes.logX);
    this.y = scaleOf(axes.y[0], axes.y[1], this.area.bottom, top, axes.logY);
    yTicks.forEach((tick, i) => {
      const y = this.y(tick).toFixed(1);
      this.add("line", { class: "rule", x1: left, x2: this.area.right, y1: y, y2: y });
      this.text(labels[i], { x: left - 7, y: +y + 4, "text-anchor": "end" });
    });
    let xTicks = (axes.logX ? logTicks : linearTicks)(axes.x[0], axes.x[1], Math.max(2, (this.area.right - left) / 80));
    if (axes.countX) xTicks = xTicks.filter(Number.isInteger);
    this.add("line", { class: "axis", x1: left, x2: this.area.right, y1: this.area.bottom, y2: this.area.bottom });
    tickLabels(xTicks, axes.logX).forEach((label, i) => this.text(label, { x: this.x(xTicks[i]).toFixed(1), y: this.area.bottom + 15, "text-anchor": "middle" }));
    this.text(axes.xLabel, { x: this.area.right, y: this.area.bottom + 30, "text-anchor": "end" });
  }

  // Shows rows [{tone, name, value}] beside a horizontal position.
  read(x, heading, rows) {
    this.readout.replaceChildren(element("div", "at", heading), ...rows.map(row => {
      const line = element("div", row.tone);
      line.append(element("i"), element("span", "", row.name), element("b", "", row.value));
      return line;
    }));
    this.readout.hidden = false;
    const width = this.readout.offsetWidth, side = x + 14 + width > this.width ? x - 14 - width : x + 14;
    this.readout.style.left = clamp(side, 0, Math.max(0, this.width - width)) + "px";
  }

  // Pointer and arrow keys choose one of several positions; show(index) marks it, hide() clears.
  pointer(positions, show, hide) {
    const nearest = x => positions().reduce((best, p, i, all) => Math.abs(p - x) < Math.abs(all[best] - x) ? i : best, 0);
    let at = -1;
    const go = index => { if (positions().length > 0) show(at = clamp(index, 0, positions().length - 1)); };
    const leave = () => { at = -1; hide(); };
    this.box.addEventListener("pointermove", e => go(nearest(e.clientX - this.svg.getBoundingClientRect().left)));
    this.box.addEventListener("pointerdown", e => go(nearest(e.clientX - this.svg.getBoundingClientRect().left)));
    this.box.addEventListener("pointerleave", leave);
    this.box.addEventListener("blur", leave);
    this.box.addEventListener("keydown", e => {
      const last = positions().length - 1;
      const next = { ArrowLeft: at < 0 ? last : at - 1, ArrowRight: at + 1, Home: 0, End: last }[e.key];
      if (next !== undefined) { go(next); e.preventDefault(); }
      if (e.key === "Escape") leave();
    });
  }
}
