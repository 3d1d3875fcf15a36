/* Every group's rates at one threshold, moved by a slider: all numbers come from Python, here they are only drawn.
   Texts become text nodes, never markup. */

const SHOWN = new WeakMap(); // the element -> what it shows, so that an answer from the server does not take the focus

export default function (component) {
  const root = component.parentElement.querySelector(".moving");
  const [run] = component.data;
  const before = SHOWN.get(root);
  if (before === run.id) return;
  SHOWN.set(root, run.id);
  const bytes = (said) => Uint8Array.from(atob(said), (sign) => sign.charCodeAt(0));
  const values = new Uint16Array(bytes(run.values).buffer);
  const states = bytes(run.states);
  const groups = run.names.length;
  const places = run.places.length;

  const make = (tag, attributes = {}, ...children) => {
    const found = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) found.setAttribute(name, value);
    found.append(...children);
    return found;
  };
  const number = (metric, part, group, place) => values[((metric * 3 + part) * groups + group) * places + place];
  const share = (value) => run.codes[value] || `${(value / 10).toFixed(1)}%`;
  const known = (value) => run.codes[value] === undefined;
  const spot = (value) => Math.min(value, known(value) || run.codes[value][0] !== "<" ? 1000 : 0) / 10;

  root.replaceChildren();
  const slider = make("input", { type: "range", min: 0, max: places - 1, step: 1, "aria-label": run.texts.slider });
  slider.value = String(run.at);
  const said = make("output", {});
  root.append(make("div", { class: "controls" }, make("b", {}, run.texts.slider), slider, said));
  const blocks = make("div", { class: "blocks" });
  root.append(blocks);
  const rows = run.metrics.flatMap((metric, m) => {
    const block = make("section", {}, make("h4", {}, metric.name, make("small", {}, metric.about)));
    blocks.append(block);
    return run.names.map((name, group) => {
      const bar = make("i", { class: "bar" });
      const all = make("i", { class: "all" });
      const point = make("i", { class: "point" });
      const value = make("b");
      const bounds = make("small");
      const track = make("span", { class: "track", "aria-hidden": "true" }, bar, all, point);
      const row = make("div", { class: group ? "row" : "row everybody" }, make("span", { class: "name" }, name), track, make("span", { class: "value" }, value, " ", bounds));
      if (group) row.style.setProperty("--mark", run.colours[group - 1]);
      block.append(row);
      return { m, group, row, bar, all, point, value, bounds };
    });
  });

  function draw() {
    const place = Number(slider.value);
    const words = run.texts.at.replace("{threshold}", run.thresholds[place]);
    said.textContent = words;
    slider.setAttribute("aria-valuetext", words);
    for (const { m, group, row, bar, all, point, value, bounds } of rows) {
      const [now, low, high] = [0, 1, 2].map((part) => number(m, part, group, place));
      const state = states[(m * groups + group) * places + place];
      const rated = state < 2;
      row.classList.toggle("thin", state > 0);
      for (const part of [bar, point]) part.hidden = !rated;
      const everybody = number(m, 0, 0, place);
      all.hidden = states[m * groups * places + place] === 3;
      all.style.left = `${spot(everybody)}%`;
      bar.style.left = `${spot(low)}%`;
      bar.style.width = `${spot(high) - spot(low)}%`;
      point.style.left = `${spot(now)}%`;
      value.textContent = rated ? share(now) : "";
      bounds.textContent = rated ? `(${share(low).replace("%", "")}–${share(high)})` : "";
      if (state) bounds.append(make("em", {}, run.texts.states[state]));
    }
  }

  slider.oninput = draw;
  slider.onchange = () => component.setStateValue("place", run.places[Number(slider.value)]);
  draw();
}
