// What judges neurons: values by hand, derivatives by central differences.
import test from 'ava';
import {
  momentsOf,
  neuronTerms,
  type NeuronTermSettings,
  neuronTermValue,
  pullOf,
} from '../../../src/learning/losses/neuron-terms.js';
import { centralDifferences } from '../../helpers/differences.js';
import { normals, worstDifference } from '../../helpers/tensors.js';

const bounds = { kind: 'distribution', window: 0.5, degeneration: 1, saturation: 0.25, mismatch: 3 } as const;
const TERMS: NeuronTermSettings[] = [
  { kind: 'imLoss' },
  { kind: 'spikeRate' },
  { kind: 'spikeRate', target: 0.3 },
  bounds,
  { ...bounds, window: 0.2, saturation: 2, mismatch: 0.1 },
];
const moments = (mean: number, spread: number, rate: number) => ({ count: 10, mean, spread, rate });

test('values of a layer, by hand', (t) => {
  const value = (term: NeuronTermSettings, mean: number, spread: number, rate = 0): number =>
    neuronTermValue(term, [moments(mean, spread, rate)]);
  t.is(value({ kind: 'imLoss' }, -3, 1), 9);
  t.is(value({ kind: 'spikeRate' }, 1, 1, 0.25), 0.25);
  t.is(value({ kind: 'spikeRate', target: 0.5 }, 1, 1, 0.25), 1 / 16);
  t.is(value(bounds, 0, 0.5), 0); // a spread of one window around the threshold costs nothing
  t.is(value(bounds, -2, 0.5), 9); // a mean of four spreads of one window: all on one side
  t.is(value(bounds, 0, 4), 1); // a spread of eight windows: half of it is too much
  t.is(value({ ...bounds, degeneration: 0 }, 0.125, 0), 1 / 16 + 9 / 16); // all at a quarter of the window
  t.is(neuronTermValue({ kind: 'imLoss' }, [moments(1, 1, 0), moments(3, 1, 0)]), 5);
});

for (const term of TERMS)
  test(`${JSON.stringify(term)}: derivatives by the moments are the central differences within 1e-8`, (t) => {
    for (const mean of [-2.1, -0.3, 0.07, 1.4])
      for (const spread of [0.02, 0.2, 1.1, 9]) {
        const kind = neuronTerms.get(term.kind)!;
        const at = [mean, spread, 0.4];
        const { byMean, bySpread, byRate } = kind.plain(moments(mean, spread, 0.4), term);
        const wanted = centralDifferences(([m, s, r]) => kind.plain(moments(m, s, r), term).value, at);
        t.true(worstDifference([byMean, bySpread, byRate], wanted) < 1e-8, `${at}`);
      }
  });

test('pullOf: what is pulled at is the central difference by every v − θ and every spike, terms added with their weights, within 1e-8', (t) => {
  const terms = TERMS.map((term, i) => ({ ...term, weight: 0.5 + i }));
  const margins = Float64Array.from(normals('margins', 24), (z) => 0.8 * z - 0.2);
  const spikes = margins.map((a) => (a > 0 ? 1 : 0));
  const others = moments(0.3, 0.6, 0.2);
  const loss = (a: Float64Array, o: Float64Array): number =>
    terms.reduce((sum, term) => sum + term.weight * neuronTermValue(term, [others, momentsOf(a, o)]), 0);
  const pull = pullOf(terms, momentsOf(margins, spikes), 2);
  const byMargin = centralDifferences((a) => loss(a, spikes), margins);
  const bySpike = centralDifferences((o) => loss(margins, o), spikes, 0.1); // quadratic: exact
  t.true(
    worstDifference(
      margins.map((a) => pull.offset + pull.slope * a),
      byMargin,
    ) < 1e-8,
  );
  t.true(worstDifference(new Float64Array(24).fill(pull.spike), bySpike) < 1e-8);
});

test('pullOf: potentials that are all the same have no direction to spread in', (t) => {
  const pull = pullOf([{ ...bounds, weight: 1 }], momentsOf(new Float64Array(4), new Float64Array(4)), 1);
  t.deepEqual(pull, { offset: 0, slope: 0, spike: 0 });
});
