'use strict';
// Networks of a page in plain numbers, for explorer.js and flow.js, which stand behind it.
function bytes(base64) {
  return Uint8Array.from(atob(base64), c => c.charCodeAt(0));
}

/** IEEE binary16 to numbers. */
function halves(base64) {
  return Float32Array.from(new Uint16Array(bytes(base64).buffer), h => {
    const sign = h & 0x8000 ? -1 : 1;
    const exponent = (h >> 10) & 31;
    const fraction = h & 1023;
    if (exponent === 0) return sign * fraction * 2 ** -24;
    if (exponent === 31) return fraction ? NaN : sign * Infinity;
    return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
  });
}

/** Weights by name, each with its shape. */
function weights(spec) {
  const flat = halves(spec.weights);
  const slots = new Map();
  let offset = 0;
  for (const slot of spec.slots) {
    const size = slot.shape.reduce((a, b) => a * b, 1);
    slots.set(slot.name, { shape: slot.shape, values: flat.subarray(offset, offset + size) });
    offset += size;
  }
  return slots;
}

const sigmoid = x => 1 / (1 + Math.exp(-x));
const ACTIVATIONS = {
  softplus: [x => (x > 30 ? x : Math.log1p(Math.exp(x))), sigmoid],
  swish: [x => x * sigmoid(x), x => { const s = sigmoid(x); return s + x * s * (1 - s); }],
  tanh: [Math.tanh, x => 1 - Math.tanh(x) ** 2],
};

/** ½·stiffness·|x|² beside a perceptron, with its gradient. */
function energy(slots, prefix, stiffness, activation) {
  const layers = [];
  for (let i = 0; slots.has(`${prefix}.${i}.weight`); i++) {
    const { shape: [rows, columns], values } = slots.get(`${prefix}.${i}.weight`);
    layers.push({ w: values, b: slots.get(`${prefix}.${i}.bias`).values, rows, columns });
  }
  const [activate, slope] = ACTIVATIONS[activation];
  // Kept from call to call: a page asks thousands of times a frame.
  const before = layers.map(l => new Float64Array(l.rows));
  const after = layers.map(l => new Float64Array(l.rows));
  return x => {
    let value = 0;
    for (const xi of x) value += 0.5 * stiffness * xi * xi;
    let y = x;
    layers.forEach((layer, l) => {
      const last = l + 1 === layers.length;
      for (let r = 0; r < layer.rows; r++) {
        let sum = layer.b[r];
        for (let c = 0, at = r * layer.columns; c < layer.columns; c++) sum += layer.w[at + c] * y[c];
        before[l][r] = sum;
        after[l][r] = last ? sum : activate(sum);
      }
      y = after[l];
    });
    if (layers.length) value += y.reduce((a, b) => a + b, 0);
    let back = layers.length ? new Float64Array(y.length).fill(1) : null;
    for (let l = layers.length - 1; l >= 0; l--) {
      const layer = layers[l];
      const next = new Float64Array(layer.columns);
      for (let r = 0; r < layer.rows; r++) {
        for (let c = 0, at = r * layer.columns; c < layer.columns; c++) next[c] += layer.w[at + c] * back[r];
      }
      if (l) for (let c = 0; c < next.length; c++) next[c] *= slope(before[l - 1][c]);
      back = next;
    }
    return { value, gradient: Float64Array.from(x, (xi, i) => stiffness * xi + (back ? back[i] : 0)) };
  };
}
