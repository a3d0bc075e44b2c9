// Sentences on the energy of a network: they follow the numbers.
import test from 'ava';
import { experiment, type ExperimentInput } from '../../../src/experiment/experiment.js';
import { memoryRows } from '../../../src/studies/energy/memory.js';
import { energySentences, spreadText } from '../../../src/studies/energy/sentences.js';
import { energyFindings } from '../../../src/studies/energy/subjects.js';
import { energyRun } from '../../helpers/energy-records.js';

function sentences(settings: ExperimentInput, rate: number): string {
  const { run, energy } = energyRun(settings, rate);
  const trial = {
    group: 'energy',
    experiment: experiment({ epochs: 3, ...settings }),
    evaluations: [{ kind: 'energy' as const }],
  };
  const { subjects } = energyFindings([trial], {
    runs: [run],
    evaluations: [energy],
    missing: [],
    missingEvaluations: [],
  });
  return energySentences(subjects[0], memoryRows(subjects[0])).join('\n');
}

const conv = { network: { architecture: 'convNet', width: 0.1 }, data: { name: 'cifar10' } } as const;

test('energySentences: every multiplication counted is 1/T where no layer is fed by spikes alone', (t) => {
  t.regex(sentences({ ...conv, steps: 4 }, 0.3), /the factor is 0\.25\. That is 1\/T: no layer/);
  const resnet = sentences(
    { network: { architecture: 'resnet19', width: 0.05 }, data: { name: 'cifar100' } },
    0.1,
  );
  t.regex(resnet, /^resnet19 × 0\.05 on CIFAR-100, T = 2: .*\(one seed\)/);
  t.regex(
    resnet,
    /Layers fed by binary spikes alone have 9\d\.\d % of the multiply–accumulates; without any it would be 1\/T = 0\.5\./,
  );
});

test('energySentences: exact operations are told for layers fed by averages too', (t) => {
  t.regex(
    sentences(conv, 0.3),
    /paper's count: \d\d\.\d % in layers fed by averages \(padding alone would leave/,
  );
});

test('energySentences: memory: orders of summing on the side on which their ratios are', (t) => {
  const busy = sentences({ ...conv, steps: 4 }, 0.9);
  t.regex(busy, /in brackets\): the SNN takes more under SNN by inputs, ANN by outputs \(0\.\d\d/);
  t.notRegex(busy, /the SNN takes less under/);
  t.regex(busy, /under no order does the SNN take less/);
  const quiet = sentences(
    { network: { architecture: 'resnet19', width: 0.05 }, data: { name: 'cifar10' } },
    0.02,
  );
  t.regex(quiet, /in brackets\): the SNN takes less under SNN by inputs, ANN by outputs \(\d/);
  t.notRegex(quiet, /the SNN takes more under/);
  t.regex(quiet, /takes as much when \d+\.\d % to \d+\.\d % of its activations are not zero/);
});

test('spreadText: mean ± sd, and the mean alone of one seed', (t) => {
  t.is(spreadText({ mean: 29.113, sd: 0.406 }), '29.1 ± 0.4');
  t.is(spreadText({ mean: 3, sd: null }), '3.0');
});
