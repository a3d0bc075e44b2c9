// Tests: test/surrogates/index.test.ts.
import type { Surrogate } from './surrogate.js';

/** Bellec et al. 2018, TET: h = max(0, γ − |u|)/γ². */
export const triangle: Surrogate = {
  parameter: { symbol: 'γ', default: 1 },
  derivative: (u, gamma) => Math.max(0, gamma - Math.abs(u)) / (gamma * gamma),
  primitive(u, gamma) {
    const z = Math.min(1, Math.max(-1, u / gamma));
    return 0.5 + z - (z * Math.abs(z)) / 2;
  },
  support: (gamma) => gamma,
  tensor: (tf, u, gamma) => tf.relu(tf.sub(gamma, tf.abs(u))).mul(1 / (gamma * gamma)),
  kernel: {
    constants: (gamma) => [gamma, 1 / (gamma * gamma)],
    code: 'return f32x4.mul(f32x4.pmax(f32x4.sub(a, f32x4.abs(u)), f32x4.splat(0)), b);',
  },
  shader: 'return max(a - abs(u), vec4f(0)) * b;',
};
