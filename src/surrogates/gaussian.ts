// Tests: test/surrogates/index.test.ts.
import type { Surrogate } from './surrogate.js';

/** The error function as a series, exact to rounding; common approximations (error 1.5e-7) are too coarse to check derivatives with. */
function erf(x: number): number {
  if (Math.abs(x) > 6) return Math.sign(x);
  let term = x;
  let sum = x;
  for (let n = 1; Math.abs(term) > 1e-18 * Math.abs(sum) && n < 400; n++) {
    term *= (2 * x * x) / (2 * n + 1); // e^(−x²) Σ 2ⁿ x^(2n+1) / (2n+1)!!: all terms positive
    sum += term;
  }
  return (2 / Math.sqrt(Math.PI)) * Math.exp(-x * x) * sum;
}

/** h = exp(−u²/2σ²) / (√(2π) σ). */
export const gaussian: Surrogate = {
  parameter: { symbol: 'σ', default: 1 / Math.sqrt(2 * Math.PI) },
  derivative: (u, sigma) => Math.exp((-u * u) / (2 * sigma * sigma)) / (Math.sqrt(2 * Math.PI) * sigma),
  primitive: (u, sigma) => 0.5 * (1 + erf(u / (Math.SQRT2 * sigma))),
  support: () => Infinity,
  tensor: (tf, u, sigma) =>
    tf.exp(u.square().mul(-1 / (2 * sigma * sigma))).mul(1 / (Math.sqrt(2 * Math.PI) * sigma)),
  kernel: {
    constants: (sigma) => [-1 / (2 * sigma * sigma), 1 / (Math.sqrt(2 * Math.PI) * sigma)],
    code: 'return f32x4.mul(expNegative(f32x4.mul(f32x4.mul(u, u), a)), b);',
  },
  shader: 'return exp(u * u * a) * b;',
};
