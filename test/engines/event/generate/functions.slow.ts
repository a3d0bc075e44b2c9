// The functions of assembly/functions.ts by themselves, as the layer of a neuron that hands them on.
import test from 'ava';
import { readNeuron } from '../../../../src/equations/index.js';
import { builtInSurrogate } from '../../../../src/engines/generate/surrogate-code.js';
import { BUILDS } from '../../../../src/engines/event/module.js';
import { describedForward } from '../../../../src/engines/event/ops/described-neurons.js';
import { generated, MODULE, putTable } from '../../../helpers/described.js';
import { openKernels } from '../../../helpers/kernels.js';
import { DenseTarget, Target } from '../../../helpers/operands.js';
import { putTerms } from '../../../helpers/terms.js';

/** What an equation of x gives for float32 values, by build. */
async function run(equation: string, x: Float32Array): Promise<Float32Array[]> {
  const neuron = readNeuron({ name: 'function', state: { y: 0 }, step: [`y = ${equation}`], output: 'y' });
  const own = await generated(neuron, builtInSurrogate({ name: 'rectangle' }));
  return BUILDS.map((build) => {
    const bench = openKernels(build, 64, { [MODULE]: own.modules[build] });
    const [one, zero] = [Float32Array.of(1), Float32Array.of(0)];
    const term = { y: x, scale: one, shift: zero, hatScale: one, hatShift: zero };
    const target = new DenseTarget(bench, 1, x.length);
    const layer = {
      ...{ code: own.code, module: MODULE, steps: 1, channels: 1, positions: x.length, pixels: x.length },
      terms: putTerms(bench, [term], 1),
      table: putTable(bench, own, 1, {}, { delta: 0, floor: null }),
      own: [],
    };
    const counts = new Target(bench, Math.ceil(x.length / 256));
    bench.run(describedForward(layer, target.address, counts.address));
    return target.values;
  });
}

/** From a to b, evenly. */
const range = (a: number, b: number, count = 20_000): Float32Array =>
  Float32Array.from({ length: count }, (_, i) => a + ((b - a) * i) / (count - 1));

/** Powers of ten from 10^a to 10^b. */
const decades = (a: number, b: number): Float32Array => range(a, b).map((e) => 10 ** e);

const worstOf = (got: Float32Array, x: Float32Array, f: (x: number) => number): number =>
  got.reduce((worst, value, i) => {
    const wanted = f(x[i]);
    const off = value === Math.fround(wanted) ? 0 : Math.abs(value / wanted - 1);
    return off <= worst ? worst : off; // a NaN stays
  }, 0);

const CASES: [name: string, equation: string, x: Float32Array, f: (x: number) => number, within: number][] = [
  ['exp from −86 to 88', 'exp(x)', range(-86, 88), Math.exp, 3e-7],
  ['exp(−x) from −86 to 84', 'exp(-x)', range(-86, 84), (x) => Math.exp(-x), 5e-7],
  ['log from 1e-44 to 1e38', 'log(x)', decades(-44, 38), Math.log, 3e-7],
  ['log from ½ to 2', 'log(x)', range(0.5, 2), Math.log, 3e-7],
  ['tanh from −10 to 10', 'tanh(x)', range(-10, 10), Math.tanh, 4e-7],
  ['tanh of small ones', 'tanh(x)', decades(-30, -1), Math.tanh, 4e-7],
  ['sigmoid from −80 to 80', 'sigmoid(x)', range(-80, 80), (x) => 1 / (1 + Math.exp(-x)), 7e-7],
  ['x^1.7 from 1e-10 to 1e10', 'x ^ 1.7', decades(-10, 10), (x) => x ** 1.7, 1.3e-5],
  ['x^9 from −3 to 3', 'x ^ 9', range(-3, 3), (x) => x ** 9, 6e-6],
  ['x^-2 from 0.1 to 10', 'x ^ -2', range(0.1, 10), (x) => x ** -2, 2e-7],
];

for (const [name, equation, x, f, within] of CASES)
  test(`${name} within ${within} of itself, both builds`, async (t) => {
    for (const got of await run(equation, x)) {
      const worst = worstOf(got, x, f);
      t.log(worst.toExponential(2));
      t.true(worst <= within);
    }
  });

test('special values: ends of exp and log, signs, powers of 0, NaN', async (t) => {
  const of = async (equation: string, ...x: number[]) =>
    (await run(equation, Float32Array.from(x))).map((y) => [...y]);
  for (const [low, high, nan] of await of('exp(x)', -100, 100, NaN)) {
    t.is(low, 0);
    t.true(high > 3.3e38 && Number.isFinite(high));
    t.is(nan, NaN);
  }
  for (const y of await of('log(x)', 0, -1, Infinity, 1, NaN))
    t.deepEqual(y, [-Infinity, NaN, Infinity, 0, NaN]);
  for (const y of await of('sign(x)', 2, -3, 0, NaN)) t.deepEqual(y, [1, -1, 0, NaN]);
  for (const y of await of('x ^ 1.7', 0, 1, -1)) t.deepEqual(y, [0, 1, NaN]);
  for (const y of await of('x ^ 9', 0, -1)) t.deepEqual(y, [0, -1]);
  for (const y of await of('tanh(x)', 100, -100, 0, NaN)) t.deepEqual(y, [1, -1, 0, NaN]);
  for (const [a, b] of await of('sigmoid(x)', 200, -200)) {
    t.is(a, 1);
    t.true(b >= 0 && b < 1e-37);
  }
});
