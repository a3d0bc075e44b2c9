// Tests: test/surrogates/index.test.ts.
import type { Surrogate } from './surrogate.js';

const logistic = (z: number): number => 1 / (1 + Math.exp(-z));

/** h = α s(αu)(1 − s(αu)), s the logistic function. */
export const sigmoid: Surrogate = {
  parameter: { symbol: 'α', default: 4 },
  derivative(u, alpha) {
    const s = logistic(alpha * u);
    return alpha * s * (1 - s);
  },
  primitive: (u, alpha) => logistic(alpha * u),
  support: () => Infinity,
  tensor(tf, u, alpha) {
    const s = tf.sigmoid(u.mul(alpha));
    return s.mul(tf.sub(1, s)).mul(alpha);
  },
  kernel: {
    constants: (alpha) => [alpha, 0],
    // h is even: of −|αu| the exponential cannot overflow.
    code: `
      const e = expNegative(f32x4.neg(f32x4.mul(f32x4.abs(u), a)));
      const s = f32x4.add(f32x4.splat(1), e);
      return f32x4.div(f32x4.mul(a, e), f32x4.mul(s, s));`,
  },
  shader: `
      let e = exp(-abs(u) * a); // h is even: of −|αu| the exponential cannot overflow
      let s = 1.0 + e;
      return a * e / (s * s);`,
};
