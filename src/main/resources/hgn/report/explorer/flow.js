// A trained Neural Hamiltonian Flow in plain JavaScript. `window.flow` answers what the page's tests ask.
(function (spec) {
  const byId = id => document.getElementById(id);
  const POINTS = 1500;
  const REACH = 4;

  // --- energies --------------------------------------------------------------------------------

  const slots = weights(spec);
  const dts = slots.get('dt').values;
  const gradient = name => {
    const perceptron = energy(slots, name, 0, 'softplus');
    return x => perceptron(x).gradient;
  };
  const shared = !slots.has('kinetic.1.0.weight');
  const fields = Array.from({ length: spec.steps }, (_, i) =>
    ({ k: gradient(`kinetic.${shared ? 0 : i}`), v: gradient(`potential.${shared ? 0 : i}`) }));

  /** A leapfrog step of a share of dt along K + V. */
  function leapfrog(s, i, share) {
    const dt = share * dts[i];
    let slope = fields[i].v(s.q);
    const half = [s.p[0] - (dt / 2) * slope[0], s.p[1] - (dt / 2) * slope[1]];
    const speed = fields[i].k(half);
    const q = [s.q[0] + dt * speed[0], s.q[1] + dt * speed[1]];
    slope = fields[i].v(q);
    return { q, p: [half[0] - (dt / 2) * slope[0], half[1] - (dt / 2) * slope[1]] };
  }

  function follow(s, steps) {
    let at = s;
    for (let i = 0; i < spec.steps && steps > i; i++) at = leapfrog(at, i, Math.min(1, steps - i));
    return at;
  }

  // --- prior -----------------------------------------------------------------------------------

  let seed = 1;
  function uniform() { // mulberry32
    seed = (seed + 0x6d2b79f5) | 0;
    let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return (((t ^ (t >>> 14)) >>> 0) + 0.5) / 4294967296;
  }
  let numbers = [];
  const draw = () => { numbers = Array.from({ length: POINTS }, () => Array.from({ length: 8 }, uniform)); };
  const beta = () => 10 ** Number(byId('beta').value);
  /** A number of the prior from two uniform ones: the same point moves as β is dragged. */
  function quantile(u, w) {
    if (byId('prior').value === 'normal') return Math.sqrt(-2 * Math.log(u)) * Math.cos(2 * Math.PI * w);
    return (u - 0.5) * spec.width + Math.log(w / (1 - w)) / beta();
  }
  const start = n => ({ q: [quantile(n[0], n[1]), quantile(n[2], n[3])], p: [quantile(n[4], n[5]), quantile(n[6], n[7])] });

  // --- what is shown ---------------------------------------------------------------------------

  const colour = name => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  let ends = [];
  let playing = false;
  let crowd = POINTS; // points of a frame that moves: as many as leave 25 frames a second
  let rest = 0;

  function cloud(canvas, points, name, size) {
    const context = canvas.getContext('2d');
    context.fillStyle = colour(name);
    for (const [x, y] of points) {
      context.fillRect(screen(canvas, x) - size / 2, canvas.height - screen(canvas, y) - size / 2, size, size);
    }
  }
  const screen = (canvas, x) => ((x + REACH) / (2 * REACH)) * canvas.width;

  function frame(canvas) {
    const context = canvas.getContext('2d');
    context.clearRect(0, 0, canvas.width, canvas.height);
    context.strokeStyle = colour('--line');
    context.fillStyle = colour('--faint');
    context.font = '12px system-ui, sans-serif';
    for (let x = -REACH + 1; x < REACH; x++) {
      const at = screen(canvas, x);
      context.beginPath();
      context.moveTo(at, 0);
      context.lineTo(at, canvas.height);
      context.moveTo(0, at);
      context.lineTo(canvas.width, at);
      context.stroke();
      if (x % 2 === 0) context.fillText(x, at + 3, canvas.height - 4);
    }
  }

  /** The ways of some points in steps of a tenth, both halves of the state from one pass. */
  function trails(points, steps, canvases) {
    const ways = points.map(n => {
      const way = [];
      for (let t = 0; t <= steps + 1e-9; t += 0.1) way.push(follow(start(n), t));
      return way;
    });
    for (const [half, canvas] of Object.entries(canvases)) {
      const context = canvas.getContext('2d');
      context.strokeStyle = colour('--other');
      for (const way of ways) {
        context.beginPath();
        for (const s of way) context.lineTo(screen(canvas, s[half][0]), canvas.height - screen(canvas, s[half][1]));
        context.stroke();
      }
    }
  }

  function redraw(moving) {
    const began = performance.now();
    const few = moving === true;
    const steps = Number(byId('steps').value);
    byId('steps-text').value = `${steps.toFixed(2)} of ${spec.steps}`;
    byId('beta-text').value = beta().toFixed(1);
    byId('beta').disabled = byId('prior').value === 'normal';
    ends = numbers.slice(0, few ? crowd : POINTS).map(n => follow(start(n), steps));
    const [q, p] = [byId('positions'), byId('momenta')];
    frame(q);
    frame(p);
    cloud(q, spec.target, '--cloud', 3);
    if (byId('paths').getAttribute('aria-pressed') === 'true') trails(numbers.slice(0, few ? 10 : 40), steps, { q, p });
    cloud(q, ends.map(s => s.q), '--own', 2);
    cloud(p, ends.map(s => s.p), '--own', 2);
    if (steps > 0) crowd = Math.round(Math.max(50, Math.min(POINTS, (ends.length * 25) / (performance.now() - began))));
  }

  /** While something moves, fewer points; all of them as soon as it rests. */
  function move() {
    clearTimeout(rest);
    redraw(true);
    rest = setTimeout(redraw, 200);
  }

  // --- controls --------------------------------------------------------------------------------

  byId('steps').max = spec.steps;
  byId('steps').value = 0;
  byId('prior').value = spec.softUniform ? 'soft' : 'normal';
  byId('beta').value = Math.log10(spec.sharpness);
  byId('trained').textContent = spec.softUniform ? `soft-uniform (β = ${spec.sharpness})` : 'normal';
  for (const id of ['steps', 'beta', 'prior']) byId(id).oninput = move;
  byId('again').onclick = () => { draw(); redraw(); };
  byId('paths').onclick = () => {
    byId('paths').setAttribute('aria-pressed', byId('paths').getAttribute('aria-pressed') !== 'true');
    redraw();
  };
  function tick() {
    if (!playing) return;
    const slider = byId('steps');
    const next = Number(slider.value) + 0.05;
    slider.value = next;
    move();
    if (next >= spec.steps) play(); else requestAnimationFrame(tick);
  }
  function play() {
    playing = !playing;
    byId('play').textContent = playing ? 'Pause' : 'Play';
    if (!playing) return;
    if (Number(byId('steps').value) >= spec.steps) byId('steps').value = 0;
    requestAnimationFrame(tick);
  }
  byId('play').onclick = play;
  document.onkeydown = e => {
    if (/^(SELECT|INPUT|BUTTON)$/.test(e.target.tagName)) return;
    if (e.key === ' ') { e.preventDefault(); play(); }
  };
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', redraw);
  draw();
  redraw();
  window.flow = { follow: (q, p, steps) => follow({ q, p }, steps), ends: () => ends, move };
  document.body.dataset.ready = 'yes';
})(JSON.parse(document.getElementById('hgn-data').textContent));
