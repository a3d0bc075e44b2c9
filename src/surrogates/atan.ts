// Tests: test/surrogates/index.test.ts.
import type { Surrogate } from './surrogate.js';

/** Fang et al. 2021: h = (α/2) / (1 + (παu/2)²). */
export const atan: Surrogate = {
  parameter: { symbol: 'α', default: 2 },
  derivative: (u, alpha) => alpha / 2 / (1 + ((Math.PI * alpha * u) / 2) ** 2),
  primitive: (u, alpha) => Math.atan((Math.PI * alpha * u) / 2) / Math.PI + 0.5,
  support: () => Infinity,
  tensor: (tf, u, alpha) =>
    tf.div(
      alpha / 2,
      u
        .mul((Math.PI * alpha) / 2)
        .square()
        .add(1),
    ),
  kernel: {
    constants: (alpha) => [alpha / 2, (Math.PI * alpha) / 2],
    code: `
      const z = f32x4.mul(u, b);
      return f32x4.div(a, f32x4.add(f32x4.mul(z, z), f32x4.splat(1)));`,
  },
  shader: `
      let z = u * b;
      return a / (z * z + 1.0);`,
};
