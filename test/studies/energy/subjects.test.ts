// Networks on data sets: each by itself, what is missing named.
import test from 'ava';
import { DataError } from '../../../src/errors.js';
import { experiment, type ExperimentInput } from '../../../src/experiment/experiment.js';
import { energyFindings } from '../../../src/studies/energy/subjects.js';
import type { Trial } from '../../../src/sweep/presets/plan.js';
import type { FoundRecords } from '../../../src/sweep/presets/found.js';
import { meanRate } from '../../../src/measures/energy.js';
import { energyLayers } from '../../../src/studies/energy/layers.js';
import { rounded } from '../../helpers/drawn.js';
import { energyRun } from '../../helpers/energy-records.js';

const small: ExperimentInput = {
  network: { architecture: 'convNet', width: 0.1 },
  data: { name: 'cifar10' },
};
const resnet: ExperimentInput = {
  network: { architecture: 'resnet19', width: 0.05 },
  data: { name: 'cifar10' },
};
const onHundred: ExperimentInput = { ...resnet, data: { name: 'cifar100' } };
const trial = (settings: ExperimentInput, kind: 'energy' | 'probe' = 'energy'): Trial => ({
  group: 'energy',
  experiment: experiment({ epochs: 3, ...settings }),
  evaluations: [{ kind }],
});
const foundOf = (...made: ReturnType<typeof energyRun>[]): FoundRecords => ({
  runs: made.map(({ run }) => run),
  evaluations: made.map(({ energy }) => energy),
  missing: [],
  diverged: [],
  missingEvaluations: [],
});

const trials = [
  trial({ ...resnet, seed: 0 }),
  trial({ ...small, seed: 0 }),
  trial({ ...small, seed: 1 }),
  trial({ ...small, steps: 4, seed: 0 }),
  trial({ ...onHundred, seed: 0 }),
  trial({ ...small, data: { name: 'shapes10' } }, 'probe'),
];

test('energyFindings: one subject for each network and data set, seeds together, other T apart', (t) => {
  const found = foundOf(
    energyRun({ ...small, steps: 4, seed: 0 }, 0.4),
    energyRun({ ...small, seed: 1 }, 0.2),
    energyRun({ ...small, seed: 0 }, 0.3),
    energyRun({ ...onHundred, seed: 0 }, 0.1),
  );
  const { subjects, groups, missing } = energyFindings(trials, found);
  t.deepEqual(
    subjects.map(({ name, stem, experiment: { steps }, runs }) => [
      name,
      stem,
      steps,
      runs.map((run) => run.experiment.seed),
    ]),
    [
      ['convNet × 0.1 on CIFAR-10', 'convnet-0-1-cifar10', 2, [0, 1]],
      ['resnet19 × 0.05 on CIFAR-100', 'resnet19-0-05-cifar100', 2, [0]],
    ],
  );
  t.is(groups.length, 3);
  t.deepEqual(missing, [{ dataset: 'cifar10', name: 'resnet19 × 0.05 on CIFAR-10' }]);
  const [conv, hundred] = subjects;
  t.is(conv.ratio.n, 2);
  t.true(conv.ratio.sd! > 0 && hundred.ratio.sd === null);
  t.deepEqual(
    conv.energies.map(({ of }) => of),
    conv.runs.map(({ id }) => id),
  );
  const rates = conv.energies.map((record) => meanRate(energyLayers(record)));
  const ratios = rates.map((rate) => 16 / rate); // 3.2 pJ over T · S · 0.1 pJ
  t.true(rates[0] > rates[1], 'seed 0 was fed at 0.3, seed 1 at 0.2');
  t.deepEqual(rounded([conv.rate.n, conv.rate.mean]), rounded([2, (rates[0] + rates[1]) / 2]));
  t.deepEqual(
    rounded([conv.ratio.mean, conv.ratio.sd]),
    rounded([(ratios[0] + ratios[1]) / 2, Math.abs(ratios[0] - ratios[1]) / Math.SQRT2]),
  );
  t.deepEqual(conv.layers, energyLayers(conv.energies[0]));
  t.deepEqual([conv.dataset, conv.network, hundred.dataset], ['cifar10', 'convNet × 0.1', 'cifar100']);
  t.is(hundred.built.classes, 100);
  // Every layer of the hundred's network fires at 0.1, but for its first, a small part of the operations.
  t.true(Math.abs(hundred.ratio.mean / (32 / (2 * hundred.rate.mean)) - 1) < 1e-9);
});

test('energyFindings: a training that is read twice counts once; another T stands in where the first is not there', (t) => {
  const four = energyRun({ ...small, steps: 4, seed: 0 }, 0.4);
  const { subjects, groups } = energyFindings(trials, foundOf(four, four));
  t.is(groups.length, 1);
  t.deepEqual(
    subjects.map(({ experiment: { steps }, runs }) => [steps, runs.length]),
    [[4, 1]],
  );
});

test('energyFindings: refuses a record whose network is not the one that its settings build', (t) => {
  const { run, energy } = energyRun({ ...small, seed: 0 }, 0.3);
  t.throws(() => energyFindings(trials, foundOf({ run: { ...run, macs: 1 }, energy })), {
    instanceOf: DataError,
    message: /multiply–accumulates, the record says 1;/,
  });
});
