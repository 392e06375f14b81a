// A trained network in the browser: energies and integrators in plain numbers, the decoder's
// convolutions by TensorFlow.js. `window.hgn` answers what the page's tests ask.
(async function ({ model: spec, wasm }) {
  const byId = id => document.getElementById(id);
  const n = spec.latent;

  const slots = weights(spec);

  // --- energies --------------------------------------------------------------------------------

  const kinetic = energy(slots, 'kinetic', spec.stiffness, spec.activation);
  const potential = energy(slots, 'potential', spec.stiffness, spec.activation);
  const total = s => kinetic(s.p).value + potential(s.q).value;
  const moved = (x, by, dx) => x.map((xi, i) => xi + by * dx[i]);
  const METHODS = {
    leapfrog(s, dt) {
      const half = moved(s.p, -dt / 2, potential(s.q).gradient);
      const q = moved(s.q, dt, kinetic(half).gradient);
      return { q, p: moved(half, -dt / 2, potential(q).gradient) };
    },
    euler(s, dt) {
      return { q: moved(s.q, dt, kinetic(s.p).gradient), p: moved(s.p, -dt, potential(s.q).gradient) };
    },
  };

  // --- decoder ---------------------------------------------------------------------------------

  // The library asks for three binaries by name; the page has the one for SIMD alone.
  const binary = 'data:application/wasm;base64,' + wasm;
  tf.wasm.setWasmPaths(Object.fromEntries(
    ['', '-simd', '-threaded-simd'].map(kind => [`tfjs-backend-wasm${kind}.wasm`, binary])));
  try {
    await tf.setBackend('wasm');
    await tf.ready();
  } catch (e) {
    byId('speed').textContent = 'This browser runs no WebAssembly with SIMD: ' + e.message;
    throw e;
  }

  function kernel(name) {
    const weight = slots.get(name + '.weight');
    return {
      w: tf.tidy(() => tf.transpose(tf.tensor(weight.values, weight.shape), [2, 3, 1, 0])),
      b: tf.tensor1d(slots.get(name + '.bias').values),
    };
  }
  function dense(name) {
    const weight = slots.get(name + '.weight');
    return { w: tf.tidy(() => tf.transpose(tf.tensor(weight.values, weight.shape))),
      b: tf.tensor1d(slots.get(name + '.bias').values), channels: weight.shape[0] / 16 };
  }
  const hidden = slots.has('decoder.hidden.weight') ? dense('decoder.hidden') : null;
  const stem = dense('decoder.stem');
  const blocks = [];
  for (let i = 0; slots.has(`decoder.${i}.first.weight`); i++) {
    blocks.push({ first: kernel(`decoder.${i}.first`), second: kernel(`decoder.${i}.second`),
      projection: slots.has(`decoder.${i}.projection.weight`) ? kernel(`decoder.${i}.projection`) : null });
  }
  const last = kernel('decoder.last');
  /** Four channels of a pixel as a block of 2 × 2, as a model with fewer doublings paints. */
  function blocked(x) {
    const [b, h, w, c] = x.shape;
    const parts = tf.transpose(tf.reshape(x, [b * h, w, c / 4, 2, 2]), [0, 3, 1, 4, 2]);
    return tf.reshape(parts, [b, 2 * h, 2 * w, c / 4]);
  }
  const convolved = (x, k) => tf.add(tf.conv2d(x, k.w, 1, 'same'), k.b);
  const doubled = x => tf.image.resizeNearestNeighbor(x, [2 * x.shape[1], 2 * x.shape[2]]);

  /** Frames of some positions, each [size · size · 3] in (0, 1). */
  function decode(positions) {
    const all = tf.tidy(() => {
      let q = tf.tensor2d(positions.flatMap(x => Array.from(x)), [positions.length, n]);
      if (hidden) q = tf.leakyRelu(tf.add(tf.matMul(q, hidden.w), hidden.b), 0.2);
      let y = tf.reshape(tf.add(tf.matMul(q, stem.w), stem.b), [positions.length, stem.channels, 4, 4]);
      y = tf.transpose(y, [0, 2, 3, 1]);
      for (const block of blocks) {
        const carried = doubled(block.projection ? convolved(y, block.projection) : y);
        y = tf.leakyRelu(convolved(doubled(y), block.first), 0.2);
        y = tf.add(tf.leakyRelu(convolved(y, block.second), 0.2), carried);
        if (spec.sigmoidInBlocks) y = tf.sigmoid(y);
      }
      const painted = convolved(y, last);
      return tf.sigmoid(painted.shape[3] > 3 ? blocked(painted) : painted).dataSync();
    });
    const each = all.length / positions.length;
    return positions.map((_, i) => all.subarray(i * each, (i + 1) * each));
  }

  // --- what is shown ---------------------------------------------------------------------------

  const dot = (a, b) => a.reduce((sum, ai, i) => sum + ai * b[i], 0);
  const colour = name => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const films = spec.starts.map(start => {
    if (!start.truth) return null;
    const picture = new Image();
    picture.onload = () => redraw();
    picture.src = start.truth;
    return picture;
  });
  let start = 0;
  let own = null; // A state that was dragged there; null where the start is one of the list.
  let state;
  let twin = null;
  let time = 0;
  let playing = false;
  let plane = spec.planes[0];
  let orbit = [];
  let energies = [];
  let shown = 0;

  const copy = s => ({ q: Float64Array.from(s.q), p: Float64Array.from(s.p) });
  const place = s => [dot(s.q, plane.x.slice(0, n)) + dot(s.p, plane.x.slice(n)),
    dot(s.q, plane.y.slice(0, n)) + dot(s.p, plane.y.slice(n))];

  function begin() {
    state = copy(own || spec.starts[start]);
    time = 0;
    orbit = [];
    energies = [];
    twin = byId('perturb').getAttribute('aria-pressed') === 'true' ? perturbed(state) : null;
    remember();
    redraw();
  }

  /** A hundredth of the states' spread away, along each component by turns up and down. */
  function perturbed(s) {
    const by = (x, spread, sign) => x.map((xi, i) => xi + ((i % 2 ? -sign : sign) * spread[i]) / 50);
    return { q: by(s.q, spec.spreadQ, 1), p: by(s.p, spec.spreadP, -1) };
  }

  function remember() {
    orbit.push([place(state), twin ? place(twin) : null]);
    energies.push([time, total(state), twin ? total(twin) : null]);
    if (orbit.length > 1500) orbit.shift();
    if (energies.length > 1500) energies.shift();
  }

  function advance() {
    const dt = Number(byId('dt').value);
    const method = METHODS[byId('integrator').value];
    state = method(state, dt);
    if (twin) twin = method(twin, dt);
    time += dt;
    if (![...state.q, ...state.p].every(Number.isFinite)) {
      playing = false;
      byId('phase-text').textContent = 'the state ran away to infinity: go back to the start';
      byId('play').textContent = 'Play';
      return;
    }
    remember();
  }

  function paint(id, values) {
    const canvas = byId(id);
    const size = spec.size;
    if (canvas.width !== size) { canvas.width = size; canvas.height = size; }
    const context = canvas.getContext('2d');
    const image = context.createImageData(size, size);
    for (let i = 0, j = 0; i < size * size; i++, j += 3) {
      image.data[4 * i] = 255 * values[j];
      image.data[4 * i + 1] = 255 * values[j + 1];
      image.data[4 * i + 2] = 255 * values[j + 2];
      image.data[4 * i + 3] = 255;
    }
    context.putImageData(image, 0, 0);
  }

  function truth() {
    const film = own ? null : films[start];
    const index = Math.round(time / spec.dt);
    const canvas = byId('beside');
    canvas.width = spec.size;
    canvas.height = spec.size;
    const context = canvas.getContext('2d');
    if (film && film.complete && index >= 0 && index < spec.starts[start].frames) {
      context.drawImage(film, index * spec.size, 0, spec.size, spec.size, 0, 0, spec.size, spec.size);
      byId('beside-text').textContent = `true frame at t = ${(index * spec.dt).toFixed(2)}`;
    } else {
      byId('beside-text').textContent = film ? 'outside the film' : 'no truth: no film';
    }
  }

  const bounds = (() => {
    const cache = new Map();
    return () => {
      if (!cache.has(plane)) {
        let [x0, x1, y0, y1] = [Infinity, -Infinity, Infinity, -Infinity];
        for (const s of spec.cloud) {
          const [x, y] = place(s);
          x0 = Math.min(x0, x); x1 = Math.max(x1, x); y0 = Math.min(y0, y); y1 = Math.max(y1, y);
        }
        const [mx, my] = [0.25 * (x1 - x0) + 1e-9, 0.25 * (y1 - y0) + 1e-9];
        cache.set(plane, [x0 - mx, x1 + mx, y0 - my, y1 + my]);
      }
      return cache.get(plane);
    };
  })();

  const margin = 30;
  function toScreen(canvas, [x, y]) {
    const [x0, x1, y0, y1] = bounds();
    return [margin + ((x - x0) / (x1 - x0)) * (canvas.width - margin - 8),
      canvas.height - margin - ((y - y0) / (y1 - y0)) * (canvas.height - margin - 8)];
  }

  function drawPhase() {
    const canvas = byId('phase');
    const context = canvas.getContext('2d');
    context.clearRect(0, 0, canvas.width, canvas.height);
    context.fillStyle = colour('--cloud');
    for (const s of spec.cloud) {
      const [x, y] = toScreen(canvas, place(s));
      context.fillRect(x - 1, y - 1, 2, 2);
    }
    const line = (which, name) => {
      context.strokeStyle = colour(name);
      context.lineWidth = 1.5;
      context.beginPath();
      orbit.forEach((both, i) => {
        if (!both[which]) return;
        const [x, y] = toScreen(canvas, both[which]);
        if (i === 0 || !orbit[i - 1][which]) context.moveTo(x, y); else context.lineTo(x, y);
      });
      context.stroke();
    };
    line(1, '--other');
    line(0, '--own');
    const disc = (s, name) => {
      const [x, y] = toScreen(canvas, place(s));
      context.fillStyle = colour(name);
      context.beginPath();
      context.arc(x, y, 6, 0, 2 * Math.PI);
      context.fill();
    };
    if (twin) disc(twin, '--other');
    disc(state, '--own');
    context.fillStyle = colour('--ink');
    context.font = '13px system-ui, sans-serif';
    context.fillText(plane.xLabel, canvas.width - 12 - context.measureText(plane.xLabel).width, canvas.height - 10);
    context.save();
    context.translate(16, 12 + context.measureText(plane.yLabel).width);
    context.rotate(-Math.PI / 2);
    context.fillText(plane.yLabel, 0, 0);
    context.restore();
  }

  function drawEnergy() {
    const canvas = byId('energy');
    const context = canvas.getContext('2d');
    const first = energies[0][1];
    // At least half of the films' spread high: what is flat there is flat.
    let reach = 0.25 * spec.energySpread + 1e-12;
    for (const e of energies) for (const v of [e[1], e[2]]) if (v !== null) reach = Math.max(reach, Math.abs(v - first));
    const [t0, t1] = [energies[0][0], energies[energies.length - 1][0]];
    const x = t => 8 + ((t - t0) / (t1 - t0 || 1)) * (canvas.width - 16);
    const y = v => canvas.height / 2 - ((v - first) / reach) * (canvas.height / 2 - 10);
    context.clearRect(0, 0, canvas.width, canvas.height);
    context.strokeStyle = colour('--line');
    context.beginPath();
    context.moveTo(8, canvas.height / 2);
    context.lineTo(canvas.width - 8, canvas.height / 2);
    context.stroke();
    for (const [which, name] of [[2, '--other'], [1, '--own']]) {
      context.strokeStyle = colour(name);
      context.lineWidth = 1.5;
      context.beginPath();
      energies.forEach((e, i) => {
        if (e[which] === null) return;
        if (i === 0 || energies[i - 1][which] === null) context.moveTo(x(e[0]), y(e[which]));
        else context.lineTo(x(e[0]), y(e[which]));
      });
      context.stroke();
    }
    const drift = (energies[energies.length - 1][1] - first) / spec.energySpread;
    byId('energy-text').textContent =
      `learned energy, t = ${time.toFixed(2)}: off by ${(100 * drift).toFixed(1)} % of its spread over films`;
  }

  function redraw() {
    if (!state) return;
    const frames = decode(twin ? [state.q, twin.q] : [state.q]);
    paint('picture', frames[0]);
    byId('picture-text').textContent = `painted at t = ${time.toFixed(2)}`;
    if (twin) {
      paint('beside', frames[1]);
      byId('beside-text').textContent = 'the perturbed state';
    } else {
      truth();
    }
    drawPhase();
    drawEnergy();
    shown++;
  }

  // --- controls --------------------------------------------------------------------------------

  spec.starts.forEach((s, i) => byId('start').add(new Option(s.label, i)));
  spec.planes.forEach((s, i) => byId('plane').add(new Option(s.label, i)));
  byId('integrator').value = spec.integrator in METHODS ? spec.integrator : 'leapfrog';
  byId('dt').value = spec.dt;
  const tell = () => {
    byId('dt-text').value = Number(byId('dt').value).toFixed(4);
    byId('rate-text').value = byId('rate').value;
  };
  tell();
  byId('start').onchange = e => { own = null; start = Number(e.target.value); begin(); };
  byId('plane').onchange = e => { plane = spec.planes[Number(e.target.value)]; begin(); };
  byId('dt').oninput = tell;
  byId('rate').oninput = tell;
  const play = () => {
    playing = !playing;
    byId('play').textContent = playing ? 'Pause' : 'Play';
    if (playing) requestAnimationFrame(tick);
  };
  byId('play').onclick = play;
  byId('reset').onclick = begin;
  const perturb = () => {
    const on = byId('perturb').getAttribute('aria-pressed') !== 'true';
    byId('perturb').setAttribute('aria-pressed', on);
    begin();
  };
  byId('perturb').onclick = perturb;

  function put(x, y) { // The state's components along the plane's axes; the others stay.
    const [px, py] = place(state);
    const at = (values, from, dx, dy) =>
      values.map((v, i) => v + dx * plane.x[from + i] + dy * plane.y[from + i]);
    own = { q: at(state.q, 0, x - px, y - py), p: at(state.p, n, x - px, y - py) };
    begin();
  }
  function fromEvent(e) {
    const canvas = byId('phase');
    const box = canvas.getBoundingClientRect();
    const sx = ((e.clientX - box.left) * canvas.width) / box.width;
    const sy = ((e.clientY - box.top) * canvas.height) / box.height;
    const [x0, x1, y0, y1] = bounds();
    return [x0 + ((sx - margin) / (canvas.width - margin - 8)) * (x1 - x0),
      y0 + ((canvas.height - margin - sy) / (canvas.height - margin - 8)) * (y1 - y0)];
  }
  const phase = byId('phase');
  phase.onpointerdown = e => { phase.setPointerCapture(e.pointerId); put(...fromEvent(e)); };
  phase.onpointermove = e => { if (e.buttons & 1) put(...fromEvent(e)); };
  phase.onkeydown = e => {
    const direction = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] }[e.key];
    if (!direction) return;
    e.preventDefault();
    const [x0, x1, y0, y1] = bounds();
    const [x, y] = place(state);
    put(x + (direction[0] * (x1 - x0)) / 50, y + (direction[1] * (y1 - y0)) / 50);
  };
  document.onkeydown = e => {
    if (/^(SELECT|INPUT|BUTTON)$/.test(e.target.tagName)) return;
    if (e.key === ' ') { e.preventDefault(); play(); }
    if (e.key === 'r' || e.key === 'R') begin();
    if (e.key === 'p' || e.key === 'P') perturb();
  };
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', redraw);

  let due = 0;
  let before = 0;
  let cost = null;
  function tick(now) {
    if (!playing) { before = 0; return; }
    due = Math.min(3, due + (before ? ((now - before) / 1000) * Number(byId('rate').value) : 1));
    before = now;
    if (due >= 1) {
      for (; due >= 1 && playing; due--) advance();
      const began = performance.now();
      redraw();
      const took = performance.now() - began;
      cost = cost === null ? took : 0.9 * cost + 0.1 * took;
      byId('speed').textContent = `A frame takes ${cost.toFixed(0)} ms here.`;
    }
    requestAnimationFrame(tick);
  }

  begin();
  window.hgn = {
    shown: () => shown,
    state: () => ({ q: Array.from(state.q), p: Array.from(state.p), time }),
    energy: () => total(state),
    rollout(index, dt, steps, method) {
      let s = copy(spec.starts[index]);
      const path = [s];
      for (let i = 0; i < steps; i++) path.push(s = METHODS[method](s, dt));
      return {
        q: path.map(x => Array.from(x.q)), p: path.map(x => Array.from(x.p)),
        energy: path.map(total), frames: path.map(x => Array.from(decode([x.q])[0])),
      };
    },
    cost(frames) {
      const began = performance.now();
      for (let i = 0; i < frames; i++) { advance(); redraw(); }
      return (performance.now() - began) / frames;
    },
  };
})(JSON.parse(document.getElementById('hgn-data').textContent)).then(
  () => document.body.dataset.ready = 'yes',
  e => { document.body.dataset.ready = 'failed'; document.body.dataset.error = e.message; throw e; });
