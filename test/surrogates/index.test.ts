// Every surrogate against its primitive, and the two properties that make them comparable: unit peak, unit area.
import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import { SettingsError } from '../../src/errors.js';
import { SURROGATE_NAMES, surrogates, type SurrogateName } from '../../src/surrogates/index.js';
import { surrogateParameter } from '../../src/surrogates/settings.js';

const windowed = SURROGATE_NAMES.filter((name) => name !== 'identity');
/** Those whose peak is 1: all but Dspike, whose form depends on its parameter while its area does not. */
const comparable = windowed.filter((name) => name !== 'dspike');
const at = (name: SurrogateName, u: number): number =>
  surrogates[name].derivative(u, surrogateParameter({ name }));

/** Where a derivative jumps or has a corner: no central difference there. */
const corners: Partial<Record<SurrogateName, (parameter: number) => number[]>> = {
  rectangle: (a) => [-a / 2, a / 2],
  triangle: (gamma) => [-gamma, 0, gamma],
  fastSigmoid: () => [0],
  dspike: () => [-0.5, 0.5],
  exponential: () => [0],
};

for (const name of SURROGATE_NAMES)
  test(`${name}: equals the central difference of its primitive within 1e-8 of its peak, at three widths`, (t) => {
    const surrogate = surrogates[name];
    const step = 1e-5; // truncation about step²/6·h″, rounding about 1e-16/step: both below 1e-9
    let worst = { off: 0, u: 0, parameter: 0 };
    for (const factor of [0.5, 1, 2]) {
      const parameter = surrogateParameter({ name }) * factor;
      const avoid = corners[name]?.(parameter) ?? [];
      const peak = surrogate.derivative(0, parameter);
      for (let u = -3.003; u <= 3.003; u += 0.0137) {
        if (avoid.some((corner) => Math.abs(u - corner) < 2 * step)) continue;
        const rise = surrogate.primitive(u + step, parameter) - surrogate.primitive(u - step, parameter);
        const off = Math.abs(surrogate.derivative(u, parameter) - rise / (2 * step)) / peak;
        if (!(off <= worst.off)) worst = { off, u, parameter };
      }
    }
    t.true(worst.off < 1e-8, JSON.stringify(worst));
  });

for (const name of comparable)
  test(`${name}: unit peak at 0 within 1e-15, nowhere higher, never negative, even within 1e-14`, (t) => {
    t.true(Math.abs(at(name, 0) - 1) < 1e-15);
    const grid = Array.from({ length: 801 }, (_, i) => i / 100);
    t.true(grid.every((u) => at(name, u) >= 0 && at(name, u) <= at(name, 0)));
    t.true(grid.every((u) => Math.abs(at(name, u) - at(name, -u)) < 1e-14));
  });

for (const name of windowed)
  test(`${name}: unit area within 1e-5, tails included`, (t) => {
    // With u = z/(1 − z²) the whole line is |z| < 1 and du = (1 + z²)/(1 − z²)² dz: tails that fall as 1/u² (atan,
    // fast sigmoid) become bounded. Midpoint rule; the rectangle's jumps cost at most one cell each.
    const cells = 1_000_000;
    let area = 0;
    for (let i = 0; i < cells; i++) {
      const z = (2 * i + 1) / cells - 1;
      const rest = 1 - z * z;
      area += ((at(name, z / rest) * (1 + z * z)) / (rest * rest)) * (2 / cells);
    }
    t.true(Math.abs(area - 1) < 1e-5, `area ${area}`);
  });

for (const name of windowed)
  test(`${name}: its primitive runs from 0 through ½ at u = 0 to 1, within 1e-6 at |u| = 1e6`, (t) => {
    const { primitive } = surrogates[name];
    const parameter = surrogateParameter({ name });
    t.is(primitive(0, parameter), 0.5);
    t.true(Math.abs(primitive(-1e6, parameter)) < 1e-6);
    t.true(Math.abs(primitive(1e6, parameter) - 1) < 1e-6);
  });

test('rectangle: open at both edges, whatever its width', (t) => {
  const { derivative } = surrogates.rectangle;
  for (const width of [0.5, 1, 2]) {
    t.is(derivative(width / 2, width), 0);
    t.is(derivative(-width / 2, width), 0);
    t.is(derivative(width / 2 - 2 ** -40, width), 1 / width);
  }
});

for (const name of SURROGATE_NAMES)
  test(`${name}: 0 from the end of its support on and above 0 inside, at three widths`, (t) => {
    const { derivative, support } = surrogates[name];
    for (const factor of [0.5, 1, 2]) {
      const parameter = surrogateParameter({ name }) * factor;
      const end = support(parameter);
      for (const side of [-1, 1]) {
        t.true(derivative(side * (Math.min(end, 2) - 2 ** -30), parameter) > 0);
        if (end < Infinity) t.is(derivative(side * end, parameter), 0);
      }
    }
  });

test('identity: 1 everywhere', (t) => {
  for (const u of [-1e9, -0.5, 0, 0.5, 1e9]) t.is(at('identity', u), 1);
});

test('surrogateParameter: gives the default or the one asked for, and refuses what is not positive', (t) => {
  t.is(surrogateParameter({ name: 'sigmoid' }), 4);
  t.is(surrogateParameter({ name: 'sigmoid', parameter: 2 }), 2);
  for (const parameter of [0, -1, NaN])
    t.throws(() => surrogateParameter({ name: 'triangle', parameter }), {
      instanceOf: SettingsError,
      message: /surrogate triangle: its parameter must be > 0, got (0|-1|NaN)/,
    });
});

/** The points and widths at which the forms for the engines are held to the plain one. */
const points = Array.from({ length: 241 }, (_, i) => (i - 120) / 40);

test('every surrogate for engine tfjs: h of a tensor is the plain h within 1e-6 of its peak, at three widths', async (t) => {
  await tf.setBackend('cpu');
  for (const name of SURROGATE_NAMES)
    for (const factor of [0.5, 1, 2]) {
      const { derivative, tensor } = surrogates[name];
      const parameter = Math.fround(surrogateParameter({ name }) * factor);
      const u = Float32Array.from(points);
      const found = tf.tidy(() => tensor(tf, tf.tensor1d(u), parameter).dataSync());
      const peak = derivative(0, parameter);
      const worst = Math.max(
        ...Array.from(u, (value, i) => Math.abs(found[i] - derivative(value, parameter))),
      );
      t.true(worst < 1e-6 * peak, `${name}, parameter ${parameter}: ${worst}`);
    }
});

/** What the code of a kernel may use, for one number in place of four. */
const scalar = {
  f32x4: {
    abs: Math.abs,
    neg: (x: number) => -x,
    add: (x: number, y: number) => x + y,
    sub: (x: number, y: number) => x - y,
    mul: (x: number, y: number) => x * y,
    div: (x: number, y: number) => x / y,
    lt: (x: number, y: number) => x < y,
    pmax: (x: number, y: number) => (x < y ? y : x),
    splat: (x: number) => x,
  },
  v128: { and: (mask: boolean, x: number) => (mask ? x : 0) },
  expNegative: Math.exp,
};

test('every surrogate for engine event: its code and constants, read as plain numbers, are the plain h within 1e-12 of its peak', (t) => {
  for (const name of SURROGATE_NAMES)
    for (const factor of [0.5, 1, 2]) {
      const { derivative, kernel } = surrogates[name];
      const parameter = surrogateParameter({ name }) * factor;
      // oxlint-disable-next-line typescript/no-implied-eval -- the code is the package's own
      const h = new Function('u', 'a', 'b', ...Object.keys(scalar), kernel.code) as (
        ...given: unknown[]
      ) => number;
      const [a, b] = kernel.constants(parameter);
      const peak = derivative(0, parameter);
      for (const u of points) {
        const off = Math.abs(h(u, a, b, ...Object.values(scalar)) - derivative(u, parameter));
        t.true(off < 1e-12 * peak, `${name}, parameter ${parameter}, u ${u}: ${off}`);
      }
    }
});

test('symbols, defaults and supports, as they are documented', (t) => {
  const documented: [SurrogateName, string | undefined, number, support: number][] = [
    ['rectangle', 'a', 1, 1],
    ['triangle', 'γ', 1, 2],
    ['sigmoid', 'α', 4, Infinity],
    ['atan', 'α', 2, Infinity],
    ['gaussian', 'σ', 1 / Math.sqrt(2 * Math.PI), Infinity],
    ['fastSigmoid', 'α', 2, Infinity],
    ['identity', undefined, 1, Infinity],
    ['dspike', 'b', 3, 0.5],
    ['exponential', 'β', 2, Infinity],
  ];
  t.deepEqual(
    documented.map(([name]) => [
      name,
      surrogates[name].parameter?.symbol,
      surrogateParameter({ name }),
      surrogates[name].support(2),
    ]),
    documented,
  );
});

test('dspike: b → 0 is the rectangle of width 1, within 1e-6 of it at b = 1e-3; a large b is narrow and high; peak and area as said', (t) => {
  const { derivative, primitive } = surrogates.dspike;
  for (let u = -1.003; u < 1; u += 0.0137) {
    t.true(Math.abs(derivative(u, 1e-3) - surrogates.rectangle.derivative(u, 1)) < 1e-6);
    t.true(Math.abs(primitive(u, 1e-3) - surrogates.rectangle.primitive(u, 1)) < 1e-6);
  }
  // Li et al. 2021, with v = u + ½: D_b(v) = tanh(b(v − ½)) / (2·tanh(b/2)) + ½
  t.true(Math.abs(derivative(0.25, 3) - (3 * (1 - Math.tanh(0.75) ** 2)) / (2 * Math.tanh(1.5))) < 1e-15);
  t.true(Math.abs(derivative(0, 3) - 1.6572) < 1e-4);
  t.true(derivative(0, 50) > 24 && derivative(0.25, 50) < 1e-8);
});
