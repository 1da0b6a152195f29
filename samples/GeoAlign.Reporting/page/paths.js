// Camera paths in space. World axes as the data: x right, y down, z forward; the view keeps "up" (−y) upright.

const add3 = (a, b) => [a[0] + b[0], a[1] + b[1], a[2] + b[2]];
const sub3 = (a, b) => [a[0] - b[0], a[1] - b[1], a[2] - b[2]];
const dot3 = (a, b) => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
const scale3 = (a, k) => [a[0] * k, a[1] * k, a[2] * k];

// q v q⁻¹ for a unit quaternion (w, x, y, z), written as v + 2w(u × v) + 2u × (u × v).
function rotate([w, x, y, z], v) {
  const cross = (a, b) => [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]];
  const u = [x, y, z], t = scale3(cross(u, v), 2);
  return add3(add3(v, scale3(t, w)), cross(u, t));
}

// Angle between two camera orientations in degrees: 2 atan2(|vector part|, |scalar part|) of p⁻¹ q.
function angleBetween(p, q) {
  const w = p[0] * q[0] + p[1] * q[1] + p[2] * q[2] + p[3] * q[3];
  const x = p[0] * q[1] - p[1] * q[0] - p[2] * q[3] + p[3] * q[2];
  const y = p[0] * q[2] + p[1] * q[3] - p[2] * q[0] - p[3] * q[1];
  const z = p[0] * q[3] - p[1] * q[2] + p[2] * q[1] - p[3] * q[0];
  return 2 * Math.atan2(Math.hypot(x, y, z), Math.abs(w)) * 180 / Math.PI;
}

const freeView = { turn: -0.65, tilt: 0.5 };

function pathView(figure) {
  const canvas = figure.querySelector("canvas");
  if (!canvas) return;
  const data = dataOf(figure), context = canvas.getContext("2d");
  const select = figure.querySelector("select"), caption = figure.querySelector(".caption"), legend = figure.querySelector(".legend");
  const slider = figure.querySelector("input"), output = figure.querySelector("output"), button = figure.querySelector(".play");
  const roomButton = figure.querySelector("[data-view=room]");
  const cases = data.cases.map(one => ({ ...one, paths: one.paths.map(path => ({ ...path, shown: true, poses: posesOf(path.poses) })) }));
  let scene, view = { ...freeView, zoom: 1 }, frame = 0, time = 0, showRoom = false, scheduled = false;

  function posesOf(numbers) {
    return Array.from({ length: numbers.length / 7 }, (_, i) => ({ at: numbers.slice(7 * i, 7 * i + 3), turn: numbers.slice(7 * i + 3, 7 * i + 7) }));
  }

  // What the view must hold: all paths of the case, and the boxes while the room is shown.
  function choose(index) {
    const one = cases[index], points = one.paths.flatMap(p => p.poses.map(q => q.at));
    const bounds = list => [0, 1, 2].map(k => list.reduce(([a, b], p) => [Math.min(a, p[k]), Math.max(b, p[k])], [Infinity, -Infinity]));
    const travelled = bounds(points), held = showRoom && one.boxes.length > 0 ? bounds(points.concat(...one.boxes)) : travelled;
    const size = b => Math.hypot(...b.map(([low, high]) => high - low));
    const extent = Math.max(size(held), 1e-3);
    scene = { one, centre: held.map(([a, b]) => (a + b) / 2), extent, travel: Math.max(size(travelled), 1e-3), step: tickStep(extent, 7) };
    scene.frustum = 0.075 * scene.travel;
    // Seen from the centre: every frustum's corners, and the room's.
    const solid = one.paths.flatMap(p => p.poses.flatMap(q => frustum(q, 1.6 * scene.frustum)));
    scene.corners = solid.concat(points, ...(showRoom ? one.boxes : [])).map(c => sub3(c, scene.centre));
    scene.floor = showRoom && one.boxes.length > 0 ? held[1][1] : held[1][1] + 0.08 * extent;
    scene.frames = Math.max(...one.paths.map(p => p.poses.length));
    scene.held = held;
    caption.textContent = one.caption;
    slider.max = scene.frames - 1;
    frame = Math.min(frame, scene.frames - 1);
    roomButton?.setAttribute("aria-pressed", String(showRoom));
    if (roomButton) roomButton.hidden = one.boxes.length === 0;
    makeLegend();
    changeFrame(frame);
  }

  function makeLegend() {
    legend.replaceChildren(...scene.one.paths.map(path => {
      const item = element("li"), key = element("button", path.tone);
      key.type = "button";
      key.append(element("i"), element("span", "", path.name), element("output"));
      key.setAttribute("aria-pressed", String(path.shown));
      key.addEventListener("click", () => {
        path.shown = !path.shown;
        key.setAttribute("aria-pressed", String(path.shown));
        request();
      });
      item.append(key);
      return item;
    }));
  }

  const poseAt = (path, i) => path.poses[Math.min(i, path.poses.length - 1)];

  function changeFrame(to) {
    frame = to;
    slider.value = frame;
    output.textContent = `${frame + 1}/${scene.frames}`;
    const target = poseAt(scene.one.paths[0], frame);
    scene.one.paths.forEach((path, i) => {
      const pose = poseAt(path, frame), words = legend.children[i].querySelector("output");
      if (i > 0) words.textContent = `${figures(Math.hypot(...sub3(pose.at, target.at)), 3)} m, ${figures(Number(angleBetween(target.turn, pose.turn).toFixed(2)), 3)}° off`;
    });
    request();
  }

  // The smallest distance from which all that must be seen lies inside the canvas: |offset| · focal / (distance + depth) ≤ half · 0.84.
  function fitDistance(right, down, forward, focal, width, height) {
    return scene.corners.reduce((least, corner) => {
      const depth = dot3(corner, forward), reach = (axis, size) => Math.abs(dot3(corner, axis)) * focal / (0.42 * size) - depth;
      return Math.max(least, reach(right, width), reach(down, height));
    }, 0.3 * scene.extent);
  }

  // Position on the screen: the camera looks from outside at the scene's centre.
  function projection() {
    const [st, ct, sv, cv] = [Math.sin(view.turn), Math.cos(view.turn), Math.sin(view.tilt), Math.cos(view.tilt)];
    const forward = [-st * cv, sv, ct * cv], right = [ct, 0, st], down = [st * sv, cv, -ct * sv];
    const width = canvas.clientWidth, height = canvas.clientHeight;
    const focal = 1.5 * Math.min(height, width), distance = fitDistance(right, down, forward, focal, width, height) / view.zoom;
    const eye = sub3(scene.centre, scale3(forward, distance)), near = 0.02 * distance;
    return {
      depth: p => dot3(sub3(p, eye), forward), near,
      toScreen: p => {
        const d = sub3(p, eye), z = dot3(d, forward);
        return [width / 2 + focal * dot3(d, right) / z, height / 2 + focal * dot3(d, down) / z];
      },
      width, height, right, down, forward,
    };
  }

  function request() {
    if (scheduled) return;
    scheduled = true;
    requestAnimationFrame(() => { scheduled = false; draw(); });
  }

  function draw() {
    if (canvas.clientWidth === 0) return;
    const ratio = devicePixelRatio || 1;
    const width = Math.round(canvas.clientWidth * ratio), height = Math.round(canvas.clientHeight * ratio);
    if (canvas.width !== width || canvas.height !== height) { canvas.width = width; canvas.height = height; }
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.clearRect(0, 0, width, height);
    context.lineJoin = context.lineCap = "round";
    const p = projection();
    drawGrid(p);
    if (showRoom) drawBoxes(p);
    for (const path of scene.one.paths) if (path.shown) drawShadow(p, path);
    const lines = scene.one.paths.flatMap((path, i) => path.shown ? pathLines(path, i) : []);
    lines.sort((a, b) => p.depth(b.from) - p.depth(a.from));
    for (const l of lines) stroke(p, l.from, l.to, l.colour, l.width, l.alpha);
    drawNow(p);
    drawStart(p);
    drawGizmo(p);
    context.fillStyle = colour("soft");
    context.font = "12px system-ui, sans-serif";
    context.textAlign = "right";
    context.fillText(`grid ${figures(scene.step)} m`, p.width - 12, p.height - 12);
    canvas.dataset.drawn = Number(canvas.dataset.drawn || 0) + 1;
  }

  // A line in space, cut where it comes too near to the eye.
  function stroke(p, from, to, ink, width, alpha = 1) {
    let a = p.depth(from), b = p.depth(to);
    if (a < p.near && b < p.near) return;
    if (a < p.near) from = add3(from, scale3(sub3(to, from), (p.near - a) / (b - a)));
    else if (b < p.near) to = add3(to, scale3(sub3(from, to), (p.near - b) / (a - b)));
    const [x0, y0] = p.toScreen(from), [x1, y1] = p.toScreen(to);
    context.globalAlpha = alpha;
    context.strokeStyle = ink;
    context.lineWidth = width;
    context.beginPath();
    context.moveTo(x0, y0);
    context.lineTo(x1, y1);
    context.stroke();
    context.globalAlpha = 1;
  }

  function drawGrid(p) {
    // At least half as wide as the paths are long, so that a straight path does not stand over a thin strip.
    const s = scene.step, [x, , z] = scene.held, reach = 0.28 * scene.extent;
    const lines = ([low, high]) => [Math.floor(Math.min(low - 0.3 * s, (low + high) / 2 - reach) / s), Math.ceil(Math.max(high + 0.3 * s, (low + high) / 2 + reach) / s)];
    const [x0, x1] = lines(x), [z0, z1] = lines(z), ink = colour("floor"), y = scene.floor;
    for (let i = x0; i <= x1; i++) stroke(p, [i * s, y, z0 * s], [i * s, y, z1 * s], ink, i === 0 ? 2 : 1);
    for (let k = z0; k <= z1; k++) stroke(p, [x0 * s, y, k * s], [x1 * s, y, k * s], ink, k === 0 ? 2 : 1);
  }

  function drawBoxes(p) {
    const ink = colour("soft");
    for (const corners of scene.one.boxes) for (let i = 0; i < 8; i++) for (const bit of [1, 2, 4])
      if (!(i & bit)) stroke(p, corners[i], corners[i | bit], ink, 1, 0.7);
  }

  function drawShadow(p, path) {
    const ink = inkOf(path);
    const onFloor = q => [q.at[0], scene.floor, q.at[2]];
    for (let i = 1; i < path.poses.length; i++) stroke(p, onFloor(path.poses[i - 1]), onFloor(path.poses[i]), ink, 2, 0.18);
  }

  const inkOf = path => colour(path.tone.startsWith("tone-t") || path.tone === "tone-base" ? path.tone.slice(5) : path.tone);

  function frustum(pose, size) {
    const corner = (x, y) => add3(pose.at, rotate(pose.turn, [x * data.halfWidth * size, y * data.halfHeight * size, size]));
    return [corner(-1, -1), corner(1, -1), corner(1, 1), corner(-1, 1)];
  }

  function frustumLines(pose, size, ink, width, alpha) {
    const c = frustum(pose, size);
    return c.flatMap((corner, i) => [
      { from: pose.at, to: corner, colour: ink, width, alpha },
      { from: corner, to: c[(i + 1) % 4], colour: ink, width: i === 0 ? width * 2 : width, alpha },
    ]);
  }

  function pathLines(path, index) {
    const ink = inkOf(path), lines = [], n = path.poses.length, width = index === 0 ? 3.2 : 2.2;
    for (let i = 1; i < n; i++) lines.push({ from: path.poses[i - 1].at, to: path.poses[i].at, colour: ink, width, alpha: 1 });
    const stations = Math.min(data.frustums, n);
    for (let k = 0; k < stations; k++) {
      const i = stations === 1 ? 0 : Math.round(k * (n - 1) / (stations - 1));
      lines.push(...frustumLines(path.poses[i], scene.frustum, ink, 1, 0.55));
    }
    return lines;
  }

  // The chosen frame: filled frustums, and dotted lines from the target to where the others are.
  function drawNow(p) {
    const [first] = scene.one.paths, target = poseAt(first, frame);
    for (const path of scene.one.paths) {
      if (!path.shown) continue;
      const pose = poseAt(path, frame), ink = inkOf(path), corners = frustum(pose, 1.6 * scene.frustum);
      if (path !== first && first.shown) {
        context.setLineDash([3, 3]);
        stroke(p, target.at, pose.at, ink, 1.5);
        context.setLineDash([]);
      }
      if ([pose.at, ...corners].every(c => p.depth(c) > p.near)) {
        context.globalAlpha = 0.16;
        context.fillStyle = ink;
        context.beginPath();
        corners.map(p.toScreen).forEach(([x, y], i) => i ? context.lineTo(x, y) : context.moveTo(x, y));
        context.fill();
        context.globalAlpha = 1;
      }
      for (const l of frustumLines(pose, 1.6 * scene.frustum, ink, 1.5, 1)) stroke(p, l.from, l.to, l.colour, l.width);
      if (p.depth(pose.at) > p.near) disc(p.toScreen(pose.at), 4, ink, colour("well"));
    }
  }

  function disc([x, y], radius, ink, rim) {
    context.beginPath();
    context.arc(x, y, radius, 0, 2 * Math.PI);
    context.fillStyle = ink;
    context.fill();
    context.lineWidth = 1.5;
    context.strokeStyle = rim;
    context.stroke();
  }

  function drawStart(p) {
    const starts = [];
    for (const path of scene.one.paths) {
      if (!path.shown) continue;
      const at = path.poses[0].at;
      if (p.depth(at) <= p.near) continue;
      const [x, y] = p.toScreen(at);
      disc([x, y], 3.5, colour("well"), inkOf(path));
      if (starts.some(([a, b]) => Math.hypot(a - x, b - y) < 24)) continue;
      starts.push([x, y]);
      context.fillStyle = colour("soft");
      context.font = "12px system-ui, sans-serif";
      const isAtEdge = x > p.width - 50;
      context.textAlign = isAtEdge ? "right" : "left";
      context.fillText("start", isAtEdge ? x - 8 : x + 8, y + 16);
    }
  }

  function drawGizmo(p) {
    const [x, y] = [44, p.height - 40];
    context.font = "11px system-ui, sans-serif";
    context.textAlign = "center";
    [["x", [1, 0, 0]], ["y", [0, 1, 0]], ["z", [0, 0, 1]]].forEach(([name, axis]) => {
      const dx = 24 * dot3(axis, p.right), dy = 24 * dot3(axis, p.down);
      context.strokeStyle = context.fillStyle = colour("soft");
      context.lineWidth = 1.5;
      context.beginPath();
      context.moveTo(x, y);
      context.lineTo(x + dx, y + dy);
      context.stroke();
      if (Math.hypot(dx, dy) > 6) context.fillText(name, x + dx * 1.4, y + dy * 1.4 + 4);
    });
  }

  // Pointers: one turns, two zoom.
  const pointers = new Map();
  const spread = () => { const [a, b] = [...pointers.values()]; return Math.hypot(a.x - b.x, a.y - b.y); };
  const zoomBy = factor => { view.zoom = clamp(view.zoom * factor, 0.2, 30); request(); };
  const turnBy = (turn, tilt) => { view.turn += turn; view.tilt = clamp(view.tilt + tilt, -Math.PI / 2, Math.PI / 2); request(); };
  const reset = () => { view = { ...freeView, zoom: 1 }; request(); };
  canvas.addEventListener("pointerdown", e => { canvas.setPointerCapture(e.pointerId); pointers.set(e.pointerId, { x: e.clientX, y: e.clientY }); });
  for (const end of ["pointerup", "pointercancel"]) canvas.addEventListener(end, e => pointers.delete(e.pointerId));
  canvas.addEventListener("pointermove", e => {
    const last = pointers.get(e.pointerId);
    if (!last) return;
    const before = pointers.size === 2 ? spread() : 0;
    pointers.set(e.pointerId, { x: e.clientX, y: e.clientY });
    if (pointers.size === 1) turnBy(-0.008 * (e.clientX - last.x), 0.008 * (e.clientY - last.y));
    else if (before > 0) zoomBy(spread() / before);
  });
  canvas.addEventListener("wheel", e => { e.preventDefault(); zoomBy(Math.exp(-0.0015 * clamp(e.deltaY, -200, 200))); }, { passive: false });
  canvas.addEventListener("dblclick", reset);
  canvas.addEventListener("keydown", e => {
    const act = {
      ArrowLeft: () => turnBy(0.1, 0), ArrowRight: () => turnBy(-0.1, 0), ArrowUp: () => turnBy(0, 0.1), ArrowDown: () => turnBy(0, -0.1),
      "+": () => zoomBy(1.15), "=": () => zoomBy(1.15), "-": () => zoomBy(1 / 1.15), 0: reset, Home: reset,
    }[e.key];
    if (act) { act(); e.preventDefault(); }
  });

  const views = {
    free: reset,
    top: () => { view = { turn: 0, tilt: Math.PI / 2, zoom: 1 }; request(); },
    side: () => { view = { turn: -Math.PI / 2, tilt: 0, zoom: 1 }; request(); },
    room: () => { showRoom = !showRoom; choose(select.selectedIndex); },
  };
  for (const b of figure.querySelectorAll("[data-view]")) b.addEventListener("click", () => views[b.dataset.view]());

  // Playing: the whole path in about four seconds, whatever its number of frames.
  function step(seconds) {
    time = (time + seconds) % 4;
    const to = Math.min(scene.frames - 1, Math.floor(time / 4 * scene.frames));
    if (to !== frame) changeFrame(to);
  }
  const playing = on => { button.setAttribute("aria-pressed", String(on)); if (on) play(step); else pause(step); };
  button.addEventListener("click", () => { time = frame / scene.frames * 4; playing(button.getAttribute("aria-pressed") !== "true"); });
  slider.addEventListener("input", () => { playing(false); changeFrame(Number(slider.value)); });
  select.addEventListener("change", () => choose(select.selectedIndex));

  frame = Math.max(...cases[0].paths.map(p => p.poses.length)) - 1;
  choose(0);
  drawWithSize(canvas, draw);
}
