/* A training run, played epoch by epoch: the network, what it says of every place, its losses and its accuracy.
   All numbers come from Python; here they are only drawn. Texts become text nodes, never markup. */

const FRAME_MS = 120;
const PLACES = new WeakMap(); // the element -> which run it showed, and where it stood

export default function (component) {
  const root = component.parentElement.querySelector(".film");
  const [run] = component.data;
  const texts = run.texts;
  const last = run.epochs.length - 1;
  const bytes = (said) => Uint8Array.from(atob(said), (sign) => sign.charCodeAt(0));
  const surface = bytes(run.surface);
  const maps = bytes(run.maps);
  const inputs = bytes(run.inputs);
  const weights = new Float32Array(bytes(run.weights).buffer);
  const hidden = run.layers.reduce((sum, each) => sum + each, 0);
  const calm = matchMedia("(prefers-reduced-motion: reduce)");
  const before = PLACES.get(root);
  const seen = before && before.id === run.id;
  const state = seen ? before : { id: run.id, frame: calm.matches ? last : 0, shown: -1, test: true };
  PLACES.set(root, state);
  let timer = null;

  const make = (tag, attributes = {}, ...children) => {
    const found = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) found.setAttribute(name, value);
    found.append(...children);
    return found;
  };
  const svg = (tag, attributes = {}, text = "") => {
    const found = document.createElementNS("http://www.w3.org/2000/svg", tag);
    for (const [name, value] of Object.entries(attributes)) found.setAttribute(name, value);
    if (text) found.textContent = text;
    return found;
  };
  const colour = (name) => getComputedStyle(root.querySelector(`.ink-${name}`)).color;
  const rgb = (said) => (said.match(/[\d.]+/g) || [0, 0, 0]).slice(0, 3).map(Number);

  // ---- what stands on the page
  root.replaceChildren();
  for (const name of ["one", "zero", "text", "quiet", "line", "background"]) {
    root.append(make("i", { class: `ink ink-${name}`, "aria-hidden": "true" }));
  }
  const play = make("button", { type: "button", class: "play" });
  const slider = make("input", { type: "range", min: 0, max: last, step: 1, "aria-label": texts.epoch });
  const epoch = make("output", { class: "epoch" });
  root.append(make("div", { class: "controls" }, play, slider, epoch));
  const facts = make("dl", { class: "facts" });
  const values = ["train_accuracy", "test_accuracy", "train_loss", "test_loss"].map((name) => {
    const value = make("dd");
    facts.append(make("div", {}, make("dt", {}, texts[name]), value));
    return value;
  });
  root.append(facts);
  const net = make("canvas", { role: "img" });
  const plane = make("canvas", { role: "img" });
  const which = make("select", { "aria-label": texts.look });
  which.append(make("option", { value: -1 }, texts.whole));
  for (let at = 0, depth = 0; depth < run.layers.length; depth += 1) {
    for (let place = 0; place < run.layers[depth]; place += 1, at += 1) {
      which.append(make("option", { value: at }, texts.neuron.replace("{layer}", depth + 1).replace("{place}", place + 1)));
    }
  }
  which.value = String(Math.min(state.shown, hidden - 1));
  state.shown = Number(which.value);
  const test = make("input", { type: "checkbox" });
  test.checked = state.test;
  root.append(
    make(
      "div",
      { class: "pictures" },
      make("figure", { class: "net" }, make("figcaption", {}, texts.network), net),
      make(
        "figure",
        { class: "plane" },
        make("figcaption", {}, texts.plane),
        plane,
        make("p", { class: "axes" }, run.axes),
        make("div", { class: "key" }, key("one", run.names[1]), key("zero", run.names[0]), make("label", {}, test, texts.show_test)),
        hidden ? make("label", { class: "look" }, `${texts.look} `, which) : "",
      ),
    ),
  );
  const charts = make("div", { class: "charts" });
  root.append(charts);
  const losses = curves(texts.losses, run.trainLoss, run.testLoss, Math.max(...run.trainLoss, ...run.testLoss, 0.1), (value) => value.toFixed(2));
  const accuracies = curves(texts.accuracies, run.trainAccuracy, run.testAccuracy, 1, (value) => `${Math.round(value * 100)}%`);

  function key(kind, name) {
    const sign = svg("svg", { viewBox: "0 0 14 14", width: 14, height: 14, "aria-hidden": "true" });
    sign.append(
      kind === "one"
        ? svg("circle", { cx: 7, cy: 7, r: 5.5, class: "fill-one" })
        : svg("rect", { x: 2, y: 2, width: 10, height: 10, class: "fill-zero" }),
    );
    return make("span", {}, sign, ` ${name}`);
  }

  // ---- two lines over the epochs, and a mark for where the film stands
  function curves(title, train, testing, top, written) {
    const width = 340, height = 170, left = 40, right = 48, up = 12, down = 26;
    const x = (frame) => left + (run.epochs[frame] / run.epochs[last]) * (width - left - right);
    const y = (value) => up + (1 - Math.min(value, top) / top) * (height - up - down);
    const said = `${title}. ${texts.train}: ${written(train[0])} → ${written(train[last])}. ${texts.test}: ${written(testing[0])} → ${written(testing[last])}.`;
    const chart = svg("svg", { viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": said });
    for (const share of [0, 0.5, 1]) {
      chart.append(
        svg("line", { x1: left, x2: width - right, y1: y(share * top), y2: y(share * top), class: "rule" }),
        svg("text", { x: left - 6, y: y(share * top) + 4, class: "tick end" }, written(share * top)),
      );
    }
    chart.append(
      svg("text", { x: left, y: height - 8, class: "tick" }, "0"),
      svg("text", { x: width - right, y: height - 8, class: "tick end" }, `${run.epochs[last]} ${texts.epochs}`),
    );
    const mark = svg("line", { y1: up, y2: height - down, class: "mark" });
    const path = (points) => points.map((value, frame) => `${x(frame).toFixed(1)},${y(value).toFixed(1)}`).join(" ");
    chart.append(mark, svg("polyline", { points: path(train), class: "train" }), svg("polyline", { points: path(testing), class: "test" }));
    let [one, other] = [y(train[last]), y(testing[last])];
    if (Math.abs(one - other) < 15) {
      const middle = Math.min(Math.max((one + other) / 2, up + 7), height - down - 7);
      [one, other] = one < other ? [middle - 7.5, middle + 7.5] : [middle + 7.5, middle - 7.5];
    }
    chart.append(
      svg("text", { x: width - right + 5, y: one + 4, class: "name train-name" }, texts.train),
      svg("text", { x: width - right + 5, y: other + 4, class: "name test-name" }, texts.test),
    );
    charts.append(make("figure", {}, make("figcaption", {}, title), chart));
    return (frame) => {
      mark.setAttribute("x1", x(frame));
      mark.setAttribute("x2", x(frame));
    };
  }

  // ---- pictures
  const scratch = document.createElement("canvas");
  function picture(source, start, side, middle) {
    scratch.width = scratch.height = side;
    const brush = scratch.getContext("2d");
    const image = brush.createImageData(side, side);
    const [one, zero, ground] = [rgb(colour("one")), rgb(colour("zero")), rgb(colour("background"))];
    for (let at = 0; at < side * side; at += 1) {
      const lean = (source[start + at] - middle) / 128;
      const strength = Math.min(Math.abs(lean), 1) * 0.62;
      const to = lean > 0 ? one : zero;
      for (let part = 0; part < 3; part += 1) image.data[at * 4 + part] = ground[part] + (to[part] - ground[part]) * strength;
      image.data[at * 4 + 3] = 255;
    }
    brush.putImageData(image, 0, 0);
    return scratch;
  }

  function sized(canvas, height) {
    const width = Math.max(canvas.parentElement.clientWidth, 60);
    const scale = devicePixelRatio || 1;
    const tall = height || Math.min(width, 420);
    const wide = height ? width : tall;
    canvas.width = wide * scale;
    canvas.height = tall * scale;
    canvas.style.width = `${wide}px`;
    canvas.style.height = `${tall}px`;
    const brush = canvas.getContext("2d");
    brush.setTransform(scale, 0, 0, scale, 0, 0);
    return [brush, wide, tall];
  }

  function border(brush, source, start, side, size) {
    // where the answer turns: between two neighbours on either side of the middle
    brush.strokeStyle = colour("text");
    brush.lineWidth = 1.75;
    brush.beginPath();
    const cell = size / side;
    const lean = (said) => Math.log((said + 0.5) / (255.5 - said)); // straight where the answer is a sigmoid
    const cut = (a, b) => lean(a) / (lean(a) - lean(b));
    for (let row = 0; row < side - 1; row += 1) {
      for (let column = 0; column < side - 1; column += 1) {
        const at = start + row * side + column;
        const [a, b, c, d] = [source[at], source[at + 1], source[at + side + 1], source[at + side]];
        const crossings = [];
        if (a > 127.5 !== b > 127.5) crossings.push([column + cut(a, b), row]);
        if (b > 127.5 !== c > 127.5) crossings.push([column + 1, row + cut(b, c)]);
        if (d > 127.5 !== c > 127.5) crossings.push([column + cut(d, c), row + 1]);
        if (a > 127.5 !== d > 127.5) crossings.push([column, row + cut(a, d)]);
        for (let each = 0; each + 1 < crossings.length; each += 2) {
          brush.moveTo((crossings[each][0] + 0.5) * cell, (crossings[each][1] + 0.5) * cell);
          brush.lineTo((crossings[each + 1][0] + 0.5) * cell, (crossings[each + 1][1] + 0.5) * cell);
        }
      }
    }
    brush.stroke();
  }

  function drawPlane(frame) {
    const [brush, size] = sized(plane);
    const whole = state.shown < 0;
    const side = whole ? run.grid : run.map;
    const source = whole ? surface : maps;
    const start = whole ? frame * side * side : (frame * hidden + state.shown) * side * side;
    brush.imageSmoothingQuality = "high";
    brush.drawImage(picture(source, start, side, whole ? 127.5 : 128), 0, 0, size, size);
    border(brush, source, start, side, size);
    brush.lineWidth = 1.25;
    const point = (value) => Math.min(Math.max(((value / 100 + run.span) / (2 * run.span)) * size, 5), size - 5);
    run.x.forEach((x, at) => {
      const learned = run.train[at];
      if (!learned && !state.test) return;
      const [left, top, radius] = [point(x), size - point(run.y[at]), 4];
      brush.beginPath();
      if (run.label[at]) brush.arc(left, top, radius, 0, 7);
      else brush.rect(left - radius, top - radius, 2 * radius, 2 * radius);
      brush.fillStyle = learned ? colour(run.label[at] ? "one" : "zero") : colour("background");
      brush.strokeStyle = learned ? colour("background") : colour("text");
      brush.fill();
      brush.stroke();
    });
    const score = texts.alt.replace("{epoch}", run.epochs[frame]).replace("{train}", run.trainSaid[frame]).replace("{test}", run.testSaid[frame]);
    plane.setAttribute("aria-label", `${run.alt} ${score}`);
  }

  let spots = [];
  function drawNet(frame) {
    const columns = [run.features.length, ...run.layers, 1];
    const most = Math.max(...columns);
    const roomy = net.parentElement.clientWidth > 420;
    const size = roomy ? Math.min(56, Math.max(32, 300 / most - 10)) : Math.min(34, Math.max(24, 220 / most - 8));
    const labels = roomy ? 44 : 38;
    const gap = Math.max(8, Math.min(28, (roomy ? 360 : 220) / most - size));
    const tall = most * (size + gap) + 26;
    const [brush, wide] = sized(net, tall);
    const across = (wide - labels - size - 6) / (columns.length - 1);
    const place = (column, row) => [labels + column * across, (tall - 20) / 2 - (columns[column] * (size + gap) - gap) / 2 + row * (size + gap)];
    let at = frame * run.parameters;
    let largest = 0.5;
    for (let each = at; each < at + run.parameters; each += 1) largest = Math.max(largest, Math.abs(weights[each]));
    for (let column = 0; column + 1 < columns.length; column += 1) {
      for (let from = 0; from < columns[column]; from += 1) {
        for (let to = 0; to < columns[column + 1]; to += 1, at += 1) {
          const weight = weights[at];
          const [x1, y1] = place(column, from);
          const [x2, y2] = place(column + 1, to);
          brush.beginPath();
          brush.moveTo(x1 + size, y1 + size / 2);
          brush.bezierCurveTo(x1 + size + across / 3, y1 + size / 2, x2 - across / 3, y2 + size / 2, x2, y2 + size / 2);
          brush.strokeStyle = colour(weight > 0 ? "one" : "zero");
          brush.globalAlpha = 0.25 + 0.75 * Math.min(Math.abs(weight) / largest, 1);
          brush.lineWidth = 0.5 + 5 * Math.min(Math.abs(weight) / largest, 1);
          brush.setLineDash(weight > 0 ? [] : [5, 3]);
          brush.stroke();
        }
      }
      at += columns[column + 1]; // the biases
    }
    brush.globalAlpha = 1;
    brush.setLineDash([]);
    brush.font = `13px ${getComputedStyle(root).fontFamily}`;
    brush.textBaseline = "middle";
    spots = [];
    let neuron = 0;
    columns.forEach((count, column) => {
      for (let row = 0; row < count; row += 1) {
        const [x, y] = place(column, row);
        const output = column === columns.length - 1;
        const small = run.map * run.map;
        if (column === 0) brush.drawImage(picture(inputs, row * small, run.map, 128), x, y, size, size);
        else if (output) brush.drawImage(picture(surface, frame * run.grid * run.grid, run.grid, 127.5), x, y, size, size);
        else brush.drawImage(picture(maps, (frame * hidden + neuron) * small, run.map, 128), x, y, size, size);
        const chosen = column > 0 && (output ? state.shown < 0 : state.shown === neuron);
        brush.strokeStyle = colour(chosen ? "text" : "quiet");
        brush.lineWidth = chosen ? 2.5 : 1;
        brush.strokeRect(x, y, size, size);
        if (column === 0) {
          brush.fillStyle = colour("text");
          brush.textAlign = "right";
          brush.fillText(run.features[row], x - 6, y + size / 2);
        } else {
          spots.push([x, y, size, output ? -1 : neuron]);
          if (!output) neuron += 1;
        }
      }
    });
    brush.fillStyle = colour("quiet");
    brush.textBaseline = "bottom";
    brush.textAlign = "left";
    brush.fillText(texts.inputs, 0, tall);
    brush.textAlign = "right";
    brush.fillText(texts.answer, wide, tall);
    net.setAttribute("aria-label", run.netAlt);
  }

  function draw() {
    const frame = state.frame;
    slider.value = frame;
    const at = texts.at.replace("{epoch}", run.epochs[frame]).replace("{epochs}", run.epochs[last]);
    epoch.textContent = at;
    slider.setAttribute("aria-valuetext", `${at}. ${texts.test_accuracy} ${run.testSaid[frame]}`);
    slider.style.setProperty("--done", `${(100 * frame) / last}%`);
    values[0].textContent = run.trainSaid[frame];
    values[1].textContent = run.testSaid[frame];
    values[2].textContent = run.trainLoss[frame].toFixed(3);
    values[3].textContent = run.testLoss[frame].toFixed(3);
    drawPlane(frame);
    drawNet(frame);
    losses(frame);
    accuracies(frame);
  }

  // ---- playing
  function stop() {
    clearInterval(timer);
    timer = null;
    play.textContent = state.frame === last ? texts.again : texts.play;
  }
  function start() {
    if (state.frame === last) state.frame = 0;
    play.textContent = texts.pause;
    timer = setInterval(() => {
      state.frame = Math.min(state.frame + 1, last);
      draw();
      if (state.frame === last) stop();
    }, FRAME_MS);
  }
  play.onclick = () => (timer ? stop() : start());
  slider.oninput = () => {
    state.frame = Number(slider.value);
    stop();
    draw();
  };
  which.onchange = () => {
    state.shown = Number(which.value);
    draw();
  };
  test.onchange = () => {
    state.test = test.checked;
    draw();
  };
  net.onclick = (event) => {
    const spot = spots.find(([x, y, size]) => event.offsetX >= x && event.offsetX <= x + size && event.offsetY >= y && event.offsetY <= y + size);
    if (!spot) return;
    which.value = String(spot[3]);
    which.onchange();
  };
  const resized = new ResizeObserver(draw);
  resized.observe(root);
  const scheme = matchMedia("(prefers-color-scheme: dark)");
  scheme.addEventListener("change", draw);
  draw();
  stop();
  if (!seen && !calm.matches) start();

  return () => {
    clearInterval(timer);
    resized.disconnect();
    scheme.removeEventListener("change", draw);
  };
}
