// The flagship's trainings: what differs between them, and which of them a record is.
import test from 'ava';
import { experiment } from '../../../src/experiment/experiment.js';
import { FLAGSHIPS, flagshipOf, flagshipTrials } from '../../../src/studies/flagship/trials.js';
import { trialsOf } from '../../../src/studies/trials.js';
import { flagshipRun } from '../../helpers/flagships.js';

test('the paper’s recipe, the same without SGS and LR, the ANN twin of one step: nothing else differs', (t) => {
  const [ours, plain, twin] = flagshipTrials.map(({ settings }) => experiment(settings));
  t.like(ours, { steps: 2, epochs: 20, batchSize: 50, seed: 0 });
  t.deepEqual([ours.neuron.delta, ours.lipschitz.beta], [1e-4, 1e-4]);
  t.deepEqual([plain.neuron.delta, plain.lipschitz.beta], [0, 0]);
  const { name: _, ...rest } = plain;
  const { name: __, ...same } = {
    ...ours,
    neuron: { ...ours.neuron, delta: 0 },
    lipschitz: { ...ours.lipschitz, beta: 0 },
  };
  t.deepEqual(same, rest);
  const { name: ___, ...ann } = twin;
  t.deepEqual(ann, { ...rest, steps: 1, network: { ...plain.network, twin: 'ann' } });
});

test('all are asked about noise, the spiking ones about energy too', (t) => {
  const kinds = flagshipTrials.map(({ evaluations }) => new Set(evaluations.map(({ kind }) => kind)));
  t.deepEqual([...kinds[0]], ['energy', 'probe', 'noise']);
  t.deepEqual([...kinds[2]], ['noise']);
});

test('preset whole trains them on all images; a record is told by its settings', (t) => {
  const trials = trialsOf('whole', 'flagship');
  t.deepEqual(
    trials.map(({ experiment: { name } }) => name),
    // The short one is that of the ablation, whose name it keeps.
    [
      'resnet19, delta = 0.0001, beta = 0.0001, seed 0',
      ...FLAGSHIPS.slice(0, 3).map((name) => `flagship, ${name}`),
    ],
  );
  t.true(trials.every(({ experiment: { data } }) => data.trainLimit === 50_000));
  t.deepEqual(trialsOf('desk', 'flagship'), []);
  t.deepEqual(
    FLAGSHIPS.map((name) => flagshipOf(flagshipRun(name, 0.5))),
    FLAGSHIPS,
  );
});
