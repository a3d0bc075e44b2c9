// Tests: test/surrogates/index.test.ts.
import type { Surrogate } from './surrogate.js';

/** STBP (Wu et al. 2018): h = 1/a inside |u| \< a/2 (strict), else 0. The authors' own; a = 1 is `lens = 0.5`. */
export const rectangle: Surrogate = {
  parameter: { symbol: 'a', default: 1 },
  derivative: (u, a) => (Math.abs(u) < a / 2 ? 1 / a : 0),
  primitive: (u, a) => Math.min(1, Math.max(0, u / a + 0.5)),
  support: (a) => a / 2,
  tensor(tf, u, a) {
    const inside = tf.step(tf.sub(a / 2, tf.abs(u)));
    return a === 1 ? inside : inside.mul(1 / a);
  },
  kernel: {
    constants: (a) => [a / 2, 1 / a],
    code: 'return v128.and(f32x4.lt(f32x4.abs(u), a), b);',
  },
  shader: 'return select(vec4f(0), vec4f(b), abs(u) < vec4f(a));',
};
