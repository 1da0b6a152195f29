// Videos of a case: one clock moves all of them, from strips on a canvas or from MP4.

const whenSeen = new IntersectionObserver(entries => entries.forEach(e => e.target.dispatchEvent(new CustomEvent("seen", { detail: e.isIntersecting }))));

function stripScreen(canvas) {
  const { frames, across } = canvas.dataset, picture = new Image(), context = canvas.getContext("2d");
  let shown = -1, ready = false, wanted = 0;
  const draw = frame => {
    wanted = Math.min(frame, frames - 1);
    if (!ready || wanted === shown) return;
    shown = wanted;
    context.drawImage(picture, wanted % across * canvas.width, Math.floor(wanted / across) * canvas.height, canvas.width, canvas.height, 0, 0, canvas.width, canvas.height);
    canvas.dataset.frame = shown;
  };
  picture.addEventListener("load", () => { ready = true; draw(wanted); });
  picture.src = canvas.dataset.strip;
  return { show: draw, run() { }, stop() { } };
}

function filmScreen(video, rate) {
  const frames = Number(video.dataset.frames);
  const seek = frame => { video.currentTime = (Math.min(frame, frames - 1) + 0.5) / rate; };
  return {
    // A running video keeps its own time; it is put right when it is more than two frames off.
    show(frame, running) {
      const off = Math.abs(video.currentTime * rate - frame);
      if (!running || (off > 2 && off < frames - 2)) seek(frame);
    },
    run() { video.play().catch(refusal => { if (refusal.name !== "AbortError") video.controls = true; }); },
    stop() { video.pause(); },
  };
}

function videoCase(article, enlargement) {
  const frames = Number(article.dataset.frames), rate = Number(article.dataset.rate);
  const screens = [...article.querySelectorAll("canvas")].map(stripScreen).concat([...article.querySelectorAll("video")].map(v => filmScreen(v, rate)));
  const button = article.querySelector(".play"), slider = article.querySelector("input"), output = article.querySelector("output");
  // A loop has no first frame; it starts with the last one, where paths are furthest apart, and a still picture shows that.
  let time = (frames - 1) / rate, wanted = !lessMotion.matches, seen = false;

  // Whole-number enlargement, so that all pixels of a small video are equally large.
  for (const canvas of article.querySelectorAll("canvas")) drawWithSize(canvas.parentElement, () => {
    const times = Math.floor(canvas.parentElement.clientWidth / canvas.width);
    canvas.style.width = times >= 1 ? canvas.width * Math.min(times, enlargement) + "px" : "100%";
    for (const absent of article.querySelectorAll(".absent")) absent.style.width = canvas.style.width;
  });
  if (!button) return { set() { } };

  const frame = () => Math.min(Math.floor(time * rate + 1e-6), frames - 1);
  function show(running) {
    slider.value = frame();
    output.textContent = `${frame() + 1}/${frames}`;
    screens.forEach(s => s.show(frame(), running));
  }
  function step(seconds) {
    time = (time + seconds) % (frames / rate);
    show(true);
  }
  function apply() {
    const runs = wanted && seen && frames > 1;
    button.setAttribute("aria-pressed", String(wanted));
    if (runs) play(step); else pause(step);
    screens.forEach(s => runs ? s.run() : s.stop());
  }
  button.addEventListener("click", () => { wanted = !wanted; apply(); article.dispatchEvent(new CustomEvent("played", { bubbles: true })); });
  slider.addEventListener("input", () => {
    wanted = false;
    time = slider.value / rate;
    apply();
    show(false);
    article.dispatchEvent(new CustomEvent("played", { bubbles: true }));
  });
  article.addEventListener("seen", e => { seen = e.detail; apply(); });
  whenSeen.observe(article);
  apply();
  show(false);
  return { set(on) { wanted = on; apply(); }, get plays() { return wanted; } };
}

function videoGrid(block) {
  const cases = [...block.querySelectorAll(".case")].map(article => videoCase(article, Number(block.dataset.enlargement)));
  const all = block.querySelector(".all"), look = block.querySelector(".look");
  if (!all) return;
  const label = () => { all.textContent = cases.some(c => c.plays) ? "Pause all" : "Play all"; };
  all.addEventListener("click", () => { const on = !cases.some(c => c.plays); cases.forEach(c => c.set(on)); label(); });
  block.addEventListener("played", label);
  label();
  look.hidden = !block.querySelector("canvas");
  look.addEventListener("click", () => look.setAttribute("aria-pressed", String(block.classList.toggle("smooth"))));
}
