import test from 'ava';
import { experiment, parseExperiment } from '../../src/experiment/experiment.js';
import { experimentReader } from '../../src/experiment/many.js';

test('experimentReader: what parseExperiment gives, in its order of settings; unchanged parts are the same objects', (t) => {
  const read = experimentReader();
  const all = [
    {},
    { neuron: { delta: 0.5 }, epochs: 3 },
    { neuron: { delta: 0.5 }, data: { name: 'cifar10', validation: 0.1 } },
    {
      network: { architecture: 'resnet19', width: 0.25 },
      readout: { kind: 'rate' },
      loss: [{ kind: 'tet' }],
    },
    { neuron: { model: 'plif' }, batchNorm: { kind: 'bntt' } },
    {},
  ];
  for (const given of all) t.is(JSON.stringify(read(given)), JSON.stringify(parseExperiment(given)));
  const [a, b] = [read({ seed: 1 }), read({ seed: 2 })];
  t.is(a?.neuron, b?.neuron);
  t.deepEqual(b, experiment({ seed: 2 }));
});

test('experimentReader: settings that are no experiment are none, also after one that was', (t) => {
  const read = experimentReader();
  t.truthy(read({ epochs: 3 }));
  t.is(read({ epochs: 0 }), undefined);
  t.is(read({ epochs: 3, epoch: 3 }), undefined);
  t.is(read({ neuron: { tau: 7 } }), undefined);
  t.truthy(read({ epochs: 3 }));
});
