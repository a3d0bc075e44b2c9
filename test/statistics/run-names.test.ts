// Names of runs shown together: never the same name twice for two runs.
import test from 'ava';
import { runNames } from '../../src/statistics/run-names.js';
import { sampleRun } from '../helpers/records.js';

const run = (delta: number, seed: number, name?: string) =>
  sampleRun({ settings: { name: name ?? 'unnamed', neuron: { delta }, seed } });

test('runNames: names of their own where all differ', (t) => {
  t.deepEqual(runNames([run(0, 1, 'plain'), run(1, 1, 'scaled')]), ['plain', 'scaled']);
  t.deepEqual(runNames([run(0, 1)]), ['unnamed']);
});

test('runNames: settings that differ where names do not, and no others; seeds only where they differ', (t) => {
  t.deepEqual(runNames([run(0, 1), run(1e-4, 1), run(1, 1)]), [
    'neuron.delta = 0',
    'neuron.delta = 0.0001',
    'neuron.delta = 1',
  ]);
  t.deepEqual(runNames([run(0, 1), run(0, 2)]), ['seed = 1', 'seed = 2']);
  t.deepEqual(runNames([run(0, 1, 'a'), run(0, 2, 'a'), run(1, 2, 'b')]), [
    'neuron.delta = 0, seed = 1',
    'neuron.delta = 0, seed = 2',
    'neuron.delta = 1, seed = 2',
  ]);
});

test('runNames: ids where the settings are the same', (t) => {
  const [a] = [run(0, 1)];
  const b = { ...a, id: 'run-0000000000000000', data: { ...a.data, fingerprint: 'f'.repeat(64) } };
  t.deepEqual(runNames([a, b]), [a.id, b.id]);
});
