// Tests: test/surrogates/index.test.ts.
import type { Surrogate } from './surrogate.js';

/** SuperSpike (Zenke & Ganguli 2018): h = 1/(1 + α|u|)²; its area is 2/α. */
export const fastSigmoid: Surrogate = {
  parameter: { symbol: 'α', default: 2 },
  derivative: (u, alpha) => 1 / (1 + alpha * Math.abs(u)) ** 2,
  primitive: (u, alpha) => 0.5 + u / (1 + alpha * Math.abs(u)),
  support: () => Infinity,
  tensor: (tf, u, alpha) => tf.div(1, tf.abs(u).mul(alpha).add(1).square()),
  kernel: {
    constants: (alpha) => [alpha, 0],
    code: `
      const z = f32x4.add(f32x4.mul(f32x4.abs(u), a), f32x4.splat(1));
      return f32x4.div(f32x4.splat(1), f32x4.mul(z, z));`,
  },
  shader: `
      let z = abs(u) * a + 1.0;
      return 1.0 / (z * z);`,
};
