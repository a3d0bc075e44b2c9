// Currents written out, ReLU, their gradients, and sums of signals against plain loops in float64.
import test from 'ava';
import { blocksOf, LANES } from '../../../../src/engines/plan/geometry.js';
import { BUILDS } from '../../../../src/engines/event/module.js';
import {
  add,
  currents,
  currentsBackward,
  currentUnits,
  denseFloats,
} from '../../../../src/engines/event/ops/currents.js';
import { gradientSums, relu, reluGradient } from '../../../../src/engines/plain/currents.js';
import { stream } from '../../../../src/random.js';
import { Agreement, within } from '../../../helpers/agreement.js';
import { type CurrentTerm, gradientDots, sumOfTerms } from '../../../helpers/currents.js';
import { openKernels } from '../../../helpers/kernels.js';
import { DenseTarget, putDense, runOps, Target } from '../../../helpers/operands.js';
import { normals } from '../../../helpers/tensors.js';
import { putTerms, sumsOf, TERM_KINDS, termsOf } from '../../../helpers/terms.js';

// A unit takes 1024 pixels.
const SIZES = [
  { pixels: 1, channels: 1 },
  { pixels: 65, channels: 33 },
  { pixels: 1023, channels: 5 },
  { pixels: 1024 + 77, channels: 40 },
];
/** Of the spikes that are added: none, some, all. */
const RATES = [0, 0.3, 1];

/** The terms of every case. The sum is nowhere nearer to 0, where a ReLU's gradient jumps, than 1e-5: redrawn there. */
function drawn(): {
  where: string;
  pixels: number;
  channels: number;
  terms: CurrentTerm[];
  x: Float64Array;
}[] {
  const { normal } = stream(1, 'probe', 'redrawn');
  return SIZES.flatMap((size) =>
    TERM_KINDS.flatMap((kind) =>
      (kind === 'affine + spikes' ? RATES : [0]).map((rate) => {
        const terms = termsOf(kind, { ...size, rate });
        const y = terms[0].y as Float32Array;
        let x = sumOfTerms(terms, size.channels);
        while (x.some((value) => Math.abs(value) < 1e-5)) {
          x.forEach((value, i) => Math.abs(value) < 1e-5 && (y[i] = normal()));
          x = sumOfTerms(terms, size.channels);
        }
        return {
          where: `${size.pixels} pixels, ${size.channels} channels, ${kind}, rate ${rate}`,
          ...size,
          terms,
          x,
        };
      }),
    ),
  );
}
const cases = drawn();

for (const build of BUILDS) {
  test(`${build}: currents within 3e-7 of the largest, with a ReLU and without, of one term, two, or one and spikes at rates 0 to 1`, (t) => {
    const agreement = new Agreement();
    for (const { where, pixels, channels, terms, x } of cases) {
      const bench = openKernels(build);
      const operands = { channels, pixels, terms: putTerms(bench, terms, channels) };
      for (const withRelu of [false, true]) {
        const target = new DenseTarget(bench, channels, pixels);
        const op = currents({ ...operands, relu: withRelu }, target.address);
        runOps(t, bench, op, { targets: [target], backwards: withRelu });
        agreement.compare(withRelu ? 'relu' : 'sum', where, target.values, withRelu ? relu(x) : x);
        t.true(target.padded, where);
      }
    }
    within(t, agreement, { sum: 3e-7, relu: 3e-7 });
  });

  test(`${build}: gradients of currents exact, in place or not; Σ g within 8e-7, Σ g·x̂ of either term within 1.5e-6 of the largest`, (t) => {
    const agreement = new Agreement();
    for (const { where, pixels, channels, terms, x } of cases)
      for (const [withRelu, inPlace] of [
        [false, true],
        [true, false],
        [true, true],
      ]) {
        const bench = openKernels(build);
        const operands = { channels, pixels, terms: putTerms(bench, terms, channels), relu: withRelu };
        const g = normals('g', pixels * channels);
        const expected = withRelu ? reluGradient(x, g) : g;
        const dx = new DenseTarget(bench, channels, pixels);
        const gradient = inPlace ? dx.set(g).address : putDense(bench, g, channels);
        const partial = new Target(bench, currentUnits(operands) * 96 * 2);
        const op = currentsBackward(operands, { gradient, dx: dx.address, partial: partial.address });
        runOps(t, bench, op, { targets: [dx, partial], backwards: inPlace });
        agreement.compare('gradient', where, dx.values, expected);
        t.true(dx.padded, where);
        const sums = sumsOf(partial.doubles, channels);
        agreement.compare('Σ g', where, sums[0], gradientSums(expected, channels));
        for (const [i, term] of terms.entries())
          if (!('spikes' in term))
            agreement.compare('Σ g·x̂', where, sums[1 + i], gradientDots(expected, term, channels));
      }
    within(t, agreement, { gradient: 0, 'Σ g': 8e-7, 'Σ g·x̂': 1.5e-6 });
  });

  test(`${build}: add adds exactly as float32 does, to its range and to nothing else`, (t) => {
    const agreement = new Agreement();
    for (const floats of [32, 65536, 65536 + 32, 3 * 65536 - 4]) {
      const bench = openKernels(build);
      const [a, b] = [normals('a', floats), normals('b', floats)];
      const target = new Target(bench, floats);
      target.floats.set(a);
      runOps(t, bench, add(target.address, bench.put(b), floats), { targets: [target], backwards: true });
      const sum = a.map((value, i) => value + b[i]);
      agreement.compare('sum', `${floats} floats`, target.floats, sum);
    }
    within(t, agreement, { sum: 0 });
  });
}

test('denseFloats counts whole blocks of 32 channels', (t) => {
  for (const [channels, blocks] of [
    [1, 1],
    [32, 1],
    [33, 2],
  ]) {
    t.is(blocksOf(channels), blocks);
    t.is(denseFloats(channels, 7), blocks * 7 * LANES);
  }
});
