// What all parts share: data, colours, numbers, motion.
const lessMotion = matchMedia("(prefers-reduced-motion: reduce)");
const dataOf = block => JSON.parse(block.querySelector(":scope > script").textContent);
const colour = name => getComputedStyle(document.documentElement).getPropertyValue("--" + name).trim();
const clamp = (value, low, high) => Math.min(Math.max(value, low), high);

// Things to draw again when colours or sizes change.
const redraws = new Set();
const redrawAll = () => redraws.forEach(draw => draw());
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", redrawAll);
addEventListener("beforeprint", () => {
  document.documentElement.dataset.print = "";
  document.querySelectorAll("details:not([open])").forEach(d => { d.dataset.closed = ""; d.open = true; });
  redrawAll();
});
addEventListener("afterprint", () => {
  delete document.documentElement.dataset.print;
  document.querySelectorAll("details[data-closed]").forEach(d => { delete d.dataset.closed; d.open = false; });
  redrawAll();
});

// Draws when an element gets its first size and whenever it changes: folded blocks are drawn when they open.
function drawWithSize(element, draw) {
  let width = 0, height = 0;
  new ResizeObserver(() => {
    if (element.clientWidth === width && element.clientHeight === height) return;
    width = element.clientWidth;
    height = element.clientHeight;
    if (width > 0) draw();
  }).observe(element);
  redraws.add(() => { if (element.clientWidth > 0) draw(); });
}

// A number as people read it: four significant digits, a true minus sign, powers of ten only far from 1.
function figures(value, digits = 4) {
  if (value === null || !Number.isFinite(value)) return "n/a";
  if (value === 0) return "0";
  const size = Math.abs(value);
  const text = size >= 1e6 || size < 1e-4 ? value.toExponential(digits - 2) : String(Number(value.toPrecision(Math.max(digits, size >= 1 ? Math.floor(Math.log10(size)) + 1 : 0))));
  return text.replace("e+", "e").replace(/-/g, "−");
}

// Degrees follow a number at once, other units after a space.
const withUnit = (value, unit) => figures(value) + (unit && value !== null ? (unit.startsWith("°") ? "" : "\u00a0") + unit : "");

// Calls step(seconds) for every frame of the screen while any of the players runs.
const players = new Set();
let ticking = false, lastTick = 0;
function tick(now) {
  const seconds = Math.min((now - lastTick) / 1000, 0.25);
  lastTick = now;
  players.forEach(step => step(seconds));
  if (players.size > 0) requestAnimationFrame(tick); else ticking = false;
}
function play(step) {
  players.add(step);
  if (ticking) return;
  ticking = true;
  lastTick = performance.now();
  requestAnimationFrame(tick);
}
const pause = step => players.delete(step);

function element(tag, className, text) {
  const made = document.createElement(tag);
  if (className) made.className = className;
  if (text !== undefined) made.textContent = text;
  return made;
}

// Keyboard and pointer on a legend's buttons: switch a series off and on.
function legendSwitches(figure, shown, draw) {
  figure.querySelectorAll(".legend button").forEach((button, index) => button.addEventListener("click", () => {
    shown[index] = !shown[index];
    button.setAttribute("aria-pressed", String(shown[index]));
    draw();
  }));
}
