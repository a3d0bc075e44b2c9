import test from 'ava';
import { factsOf, metadataOf, type NirFacts } from '../../../src/interchange/nir/facts.js';
import { float32Array, int64 } from '../../../src/interchange/nir/graph.js';

const FACTS: NirFacts = {
  ...{ dt: 1e-4, steps: 2, reset: 'zero', integration: 'euler', comparison: '>', encoding: 'repeat' },
  ...{ readout: 'mean over steps', profile: 'unit-r', vocabulary: 'conv', pool: 'avg', network: 'convNet' },
  ...{ run: 'run-1', weights: 'ab', data: 'shapes10', split: 'cd' },
};

test('facts: there and back; a length in float64, a count in int64, the rest as words', (t) => {
  const metadata = metadataOf(FACTS);
  t.deepEqual(factsOf({ metadata }), FACTS);
  t.deepEqual(metadata.dt, { dtype: 'float64', shape: [], data: Float64Array.of(1e-4) });
  t.deepEqual(metadata.steps, int64(2));
  t.is(metadata.reset, 'zero');
  t.deepEqual(metadataOf({ run: undefined }), {});
  t.deepEqual(factsOf({}), {});
});

test('facts: what is not one of ours, or not of its kind, is not taken for a fact', (t) => {
  const metadata = {
    ...{ dt: 'short', steps: float32Array([1, 2]), reset: 'sometimes', integration: int64(1), other: 'x' },
    ...{ run: { inner: 'x' }, data: int64(1) },
  };
  t.deepEqual(factsOf({ metadata }), {});
  for (const dt of [0, -1, NaN, Infinity]) t.deepEqual(factsOf({ metadata: { dt: float32Array([dt]) } }), {});
  t.deepEqual(factsOf({ metadata: { dt: float32Array([0.5]) } }), { dt: 0.5 });
});
