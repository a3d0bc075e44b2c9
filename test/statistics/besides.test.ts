import test from 'ava';
import { composeMethods } from '../../src/methods/compose.js';
import { besidesDefaults } from '../../src/statistics/besides.js';
import { sampleRun } from '../helpers/records.js';

const besides = (...names: string[]) =>
  besidesDefaults(
    sampleRun({ settings: composeMethods({ optimizer: { kind: 'sgd', learningRate: 0.1 } }, names) }),
  );

test('besidesDefaults: nothing of SGS, LR, another surrogate or another update', (t) => {
  t.deepEqual(besidesDefaults(sampleRun()), []);
  for (const name of ['baseline', 'sgsLr', 'sgsCurvature', 'atan']) t.deepEqual(besides(name), [], name);
});

test('besidesDefaults: neurons by their name, norm, loss and readout by what is set', (t) => {
  t.deepEqual(besides('plif', 'tebn'), [
    ['neuron.model', 'plif'],
    ['batchNorm.kind', 'tebn'],
  ]);
  t.deepEqual(besides('rateMse'), [
    ['readout.kind', 'rate'],
    ['readout.voting', 10],
    ['loss.kind', 'rateMse'],
  ]);
  t.deepEqual(besides('parseval'), [
    ['parseval.beta', 2e-3],
    ['parseval.layers', 'all'],
  ]);
});
