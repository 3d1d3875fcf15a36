// Runs in every page before its own scripts: <html data-awaits-run> from the moment in which somebody acts on the page,
// or it asks for a run of the script, until that run has ended and the page has had the time to draw it. Streamlit's own
// mark comes only with the server's first word about the run. `number` holds the field numbers of Streamlit's messages.
(number) => {
  let runs = 0; // asked for or begun so far
  let begun = false;
  let awaiting = false;
  let acts = 0; // of which one cannot tell yet whether they ask for a run
  const mark = () => document.documentElement.toggleAttribute("data-awaits-run", awaiting || acts > 0);
  const awaited = () => {
    runs += 1;
    awaiting = true;
    mark();
  };
  const drawn = (after) => {
    if (runs === after) awaiting = false;
    mark();
  };
  const acted = (event) => {
    acts += 1;
    mark();
    const settled = () => { acts -= 1; mark(); };
    // What hears of the act asks in a timer of no delay, a slider once it has been left alone for 200 ms: the first
    // timer here ends after all have heard of it, the second after theirs.
    setTimeout(() => setTimeout(settled, event.target.role === "slider" ? 250 : 20), 0);
  };
  for (const name of ["click", "keydown", "input", "change", "focusout"]) addEventListener(name, acted, true);
  const idle = (then) => requestIdleCallback(then, { timeout: 100 }); // Chromium can leave a quiet page waiting for ever
  const fields = (message) => { // of the outermost level: field number -> integer, or length of what it holds
    const bytes = new Uint8Array(message);
    const found = new Map();
    let at = 0;
    const integer = () => {
      for (let value = 0, scale = 1; ; scale *= 128) {
        const byte = bytes[at++];
        value += (byte % 128) * scale;
        if (!(byte >= 128)) return value;
      }
    };
    while (at < bytes.length) {
      const tag = integer();
      const value = integer();
      found.set(Math.floor(tag / 8), value);
      if (tag % 8 === 2) at += value;
    }
    return found;
  };
  const hear = (event) => {
    const said = fields(event.data);
    if (said.has(number.new_session)) {
      awaited();
      begun = true;
    } else if (begun && said.has(number.script_finished) && said.get(number.script_finished) !== number.early) {
      const after = runs;
      idle(() => idle(() => drawn(after)));
    }
  };
  const followed = new WeakSet();
  const send = WebSocket.prototype.send;
  WebSocket.prototype.send = function (message) {
    if (!followed.has(this)) this.addEventListener("message", hear);
    followed.add(this);
    if (fields(message).has(number.rerun_script)) {
      awaited();
      begun = false;
    }
    return send.call(this, message);
  };
}
