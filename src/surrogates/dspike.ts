// Tests: test/surrogates/index.test.ts.
import type { Surrogate } from './surrogate.js';

/** Half the window: potentials from 0 to 1 of a threshold of ½. */
const HALF = 0.5;

/** h's factor b / (2·tanh(b/2)), which makes its area 1. */
const peak = (b: number): number => b / (2 * Math.tanh(b / 2));

/**
 * Dspike (Li et al. 2021): h = b·(1 − tanh²(bu)) / (2·tanh(b/2)) inside |u| \< ½ (strict), else 0. Its area is 1 whatever b is: b → 0
 * is the rectangle of width 1, b → ∞ the step. Default b = 3, that of the same group's later code (MPBN); its peak is 1.66.
 */
export const dspike: Surrogate = {
  parameter: { symbol: 'b', default: 3 },
  derivative: (u, b) => (Math.abs(u) < HALF ? peak(b) * (1 - Math.tanh(b * u) ** 2) : 0),
  primitive(u, b) {
    const z = Math.min(HALF, Math.max(-HALF, u));
    return Math.tanh(b * z) / (2 * Math.tanh(b / 2)) + 0.5;
  },
  support: () => HALF,
  tensor(tf, u, b) {
    const inside = tf.step(tf.sub(HALF, tf.abs(u)));
    return tf
      .sub(1, tf.tanh(u.mul(b)).square())
      .mul(peak(b))
      .mul(inside);
  },
  kernel: {
    // 1 − tanh²(z) = 4e/(1 + e)², e = exp(−2|z|): of a window the exponential cannot overflow
    constants: (b) => [2 * b, 4 * peak(b)],
    code: `
      const distance = f32x4.abs(u);
      const e = expNegative(f32x4.neg(f32x4.mul(distance, a)));
      const s = f32x4.add(f32x4.splat(1), e);
      const h = f32x4.div(f32x4.mul(b, e), f32x4.mul(s, s));
      return v128.and(f32x4.lt(distance, f32x4.splat(0.5)), h);`,
  },
  shader: `
      let distance = abs(u);
      let e = exp(-distance * a);
      let s = 1.0 + e;
      return select(vec4f(0), b * e / (s * s), distance < vec4f(0.5));`,
};
