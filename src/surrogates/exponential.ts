// Tests: test/surrogates/index.test.ts.
import type { Surrogate } from './surrogate.js';

/** SLAYER (Shrestha & Orchard 2018): h = exp(−β|u|); its area is 2/β. Their α is the setting `height`. */
export const exponential: Surrogate = {
  parameter: { symbol: 'β', default: 2 },
  derivative: (u, beta) => Math.exp(-beta * Math.abs(u)),
  primitive: (u, beta) => 0.5 + (Math.sign(u) * -Math.expm1(-beta * Math.abs(u))) / beta,
  support: () => Infinity,
  tensor: (tf, u, beta) => tf.exp(tf.abs(u).mul(-beta)),
  kernel: {
    constants: (beta) => [beta, 0],
    code: 'return expNegative(f32x4.neg(f32x4.mul(f32x4.abs(u), a)));',
  },
  shader: 'return exp(-abs(u) * a);',
};
