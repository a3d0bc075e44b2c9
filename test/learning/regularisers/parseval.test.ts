// The step of Parseval networks: by its formula, and where it leads.
import test from 'ava';
import { experiment } from '../../../src/experiment/experiment.js';
import { SettingsError } from '../../../src/errors.js';
import { gramExcess, matrixOf } from '../../../src/learning/regularisers/gram.js';
import { parseval } from '../../../src/learning/regularisers/index.js';
import { convNet } from '../../../src/network/architectures.js';
import { parameterSpecs } from '../../../src/network/parameters.js';
import { normals, worstDifference } from '../../helpers/tensors.js';

const largest = (values: Float64Array): number =>
  values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);

test('one step is (1 + β)·W − β·W·Wᵀ·W, by hand within 1e-15, of wide and of high matrices', (t) => {
  for (const [out, inputs] of [
    [2, 3],
    [3, 2],
  ] as const) {
    const w = Float64Array.from(normals('w', 6));
    const at = (i: number, j: number): number => w[i * inputs + j];
    const wanted = w.map((value, index) => {
      const [i, j] = [Math.floor(index / inputs), index % inputs];
      let cubic = 0;
      for (let a = 0; a < out; a++) for (let b = 0; b < inputs; b++) cubic += at(i, b) * at(a, b) * at(a, j); // (W Wᵀ)[i, a] · W[a, j]
      return 1.1 * value - 0.1 * cubic;
    });
    t.true(worstDifference(parseval.plain(w, out, 0.1), wanted) < 1e-15);
  }
});

test('steps lead to orthonormal rows, and leave them', (t) => {
  let w = Float64Array.from(normals('w', 12), (z) => 0.3 * z);
  for (let i = 0; i < 300; i++) w = parseval.plain(w, 3, 0.2) as typeof w;
  t.true(largest(gramExcess(matrixOf(w, 3))) < 1e-9); // rows of W are columns of M
  t.true(worstDifference(parseval.plain(w, 3, 0.2), w) < 1e-9);
});

test('settings: absent by default; the weights of layers by name, of all, or none with β = 0', (t) => {
  const specs = parameterSpecs(convNet({ classes: 3 }));
  t.false('parseval' in experiment());
  t.deepEqual(experiment({ parseval: {} }).parseval, { beta: 3e-4, layers: 'all' });
  const names = (given: Parameters<typeof parseval.weights>[1]): string[] =>
    parseval.weights(specs, given).map(({ name }) => name);
  t.is(names({ beta: 0.1, layers: 'all' }).length, 4);
  t.deepEqual(names({ beta: 0.1, layers: ['fc'] }), ['fc.weight']);
  t.deepEqual([names(undefined), names({ beta: 0, layers: 'all' })], [[], []]);
  t.throws(() => names({ beta: 0.1, layers: ['fd'] }), {
    instanceOf: SettingsError,
    message: /^parseval\.layers: no layer with weights is named fd; the network has conv1\.conv, /,
  });
  for (const wrong of [{ beta: 2 }, { beta: -1 }, { layers: 'fc' }, { weight: 1 }])
    t.false(parseval.settings.safeParse(wrong).success);
});
