// Sentences on the energy of a network: they follow the numbers.
import test from 'ava';
import { experiment, type ExperimentInput } from '../../../src/experiment/experiment.js';
import { memoryRows } from '../../../src/studies/energy/memory.js';
import { energySentences, spreadText } from '../../../src/studies/energy/sentences.js';
import { energyFindings, type EnergySubject } from '../../../src/studies/energy/subjects.js';
import { energyRun } from '../../helpers/energy-records.js';
import { tinyLayers, tinyNetwork } from '../../helpers/tiny-network.js';

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
    diverged: [],
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

test('energySentences: every number of a network that was counted by hand', (t) => {
  const interval = (mean: number) => ({ n: 3, mean, sd: 0.25, lower: null, upper: null });
  const subject = {
    ...{ name: 'tiny on CIFAR-10', experiment: { steps: 2 }, built: tinyNetwork, layers: tinyLayers },
    ...{ rate: interval(0.205), ratio: interval(20.1) },
  } as unknown as EnergySubject;
  const at = (dataflow: 'inputs' | 'outputs' | 'spikeBits', memory: '8 kB' | '1 MB', ratio: number) => ({
    ...{ dataflow, memory, ratio, ann: 1, snn: 1, annMemory: 0, snnMemory: 0 },
    breakEvenDensity: ratio > 1 ? 1 / ratio : null,
  });
  const rows = [
    { ...at('inputs', '8 kB', 9), memory: 'none' as const },
    at('inputs', '8 kB', 2),
    at('inputs', '1 MB', 4),
    at('outputs', '8 kB', 0.5),
    at('outputs', '1 MB', 0.5),
    at('spikeBits', '8 kB', 0.8),
    at('spikeBits', '1 MB', 1.25),
  ];
  t.deepEqual(energySentences(subject, rows), [
    "tiny on CIFAR-10, T = 2: by the paper's counting it takes 20.1 ± 0.3 times less energy than its twin (3 seeds); its mean input rate is 20.5 %.",
    // 4,736 · 4.6 pJ over 2 · 3,456 · 4.6 + 640 · 0.9 pJ; 1,280 of 4,736.
    'tiny on CIFAR-10: with every multiplication counted and 32-bit floats the factor is 0.67. Layers fed by binary spikes alone have 27.0 % of the multiply–accumulates; without any it would be 1/T = 0.5.',
    "tiny on CIFAR-10: exact synaptic operations as a share of the paper's count: 93.8 % in layers fed by spikes (padding alone would leave 100.0 %).",
    // 1 − (2,400 + 1,280)/4,736; 3,680 over 2 · 2,400 + 600.
    "tiny on CIFAR-10: 22.3 % of the ANN's multiply–accumulates fall on padding; without them it has 0.681 times as many operations as the SNN over all steps, and where both sum in the same order, that is about the ratio that memory gives.",
    'tiny on CIFAR-10, memory counted (ratio ANN/SNN over the sizes of memory in brackets): the SNN takes less under both by inputs (2.00 to 4.00); the SNN takes more under both by outputs (0.50); it depends on the size of the memory under both by outputs, spikes as bits (0.80 to 1.25).',
    'tiny on CIFAR-10: where the SNN takes less, an ANN that skips the zeros that ReLU leaves takes as much when 25.0 % to 80.0 % of its activations are not zero, depending on order and memory.',
  ]);
});
