// The trials of the presets: every notebook that reads records has some, and quick stays small.
import { join } from 'node:path';
import test from 'ava';
import { canonicalJson } from '../../src/hash.js';
import { packageRoot } from '../../src/paths.js';
import { openRuns } from '../../src/records/folder.js';
import { presetTrials, trialsOf } from '../../src/studies/trials.js';
import { recordsOf } from '../../src/sweep/presets/found.js';
import { PRESET_NAMES } from '../../src/sweep/presets/presets.js';

const READERS = [
  'first-results',
  'sgs-ablation',
  'lipschitz-sweep',
  'noise-robustness',
  'latency',
  'energy',
  'events',
];

for (const preset of PRESET_NAMES)
  test(`${preset}: every notebook that reads records has trials; no training and no evaluation is there twice`, (t) => {
    for (const group of READERS) t.true(trialsOf(preset, group).length > 0, group);
    const trials = presetTrials(preset);
    const contents = trials.map(({ experiment: { name: _, ...content } }) => canonicalJson(content));
    t.is(new Set(contents).size, contents.length);
    for (const { evaluations, experiment } of trials)
      t.is(new Set(evaluations.map(canonicalJson)).size, evaluations.length, experiment.name);
    t.is(
      new Set(trials.map(({ experiment }) => experiment.name)).size,
      trials.length,
      'names tell trials apart',
    );
  });

test('quick: at most 24 trainings, all on embedded data', (t) => {
  const trials = presetTrials('quick');
  t.true(trials.length <= 24);
  for (const { experiment } of trials) t.true(experiment.data.name.startsWith('shapes10'));
});

test('whole: the trainings of desk on all images of CIFAR-10, none of them one of desk; whole pairs of seeds first', (t) => {
  const desk = new Set(
    presetTrials('desk').map(({ experiment: { name: _, ...rest } }) => canonicalJson(rest)),
  );
  const trials = presetTrials('whole').filter(({ experiment }) => experiment.data.name === 'cifar10');
  t.true(trials.length > 60);
  for (const { experiment, fingerprint } of trials) {
    const { name: _, ...rest } = experiment;
    t.is(experiment.data.trainLimit, 50_000);
    t.is(fingerprint, undefined);
    t.false(desk.has(canonicalJson(rest)), experiment.name);
  }
  const ablation = trialsOf('whole', 'sgs-ablation').map(({ experiment }) => experiment);
  const first = ablation.filter(({ seed }) => seed === 0).slice(0, 4);
  t.is(new Set(first.map(({ neuron, lipschitz }) => `${String(neuron.delta)} ${lipschitz.beta}`)).size, 4);
});

test('desk and paper: the ablation has the four cells of the paper, of each network, with several seeds; the recipe of paper is the authors’', (t) => {
  for (const [preset, architecture, seeds] of [
    ['desk', 'convNet', 5],
    ['desk', 'resnet19', 3],
    ['paper', 'resnet19', 3],
  ] as const) {
    const cells = new Map<string, number>();
    for (const { experiment } of trialsOf(preset, 'sgs-ablation')) {
      const { network, neuron, lipschitz } = experiment;
      if (network.architecture !== architecture) continue;
      const key = `${neuron.surrogate.name} ${neuron.delta} ${lipschitz.beta}`;
      cells.set(key, (cells.get(key) ?? 0) + 1);
    }
    for (const delta of [0, 1e-4])
      for (const beta of [0, 1e-4])
        t.is(cells.get(`rectangle ${delta} ${beta}`), seeds, `${preset} ${architecture} ${delta} ${beta}`);
  }
  const [{ experiment }] = trialsOf('paper', 'first-results');
  t.like(experiment, {
    epochs: 150,
    batchSize: 100,
    steps: 2,
    seed: 2022,
    network: { architecture: 'resnet19' },
  });
  t.like(experiment.neuron, { tau: 0.5, theta: 0.5, delta: 1e-4 });
});

test('another data set replaces the main one, whole, and leaves event data alone', (t) => {
  const trials = presetTrials('quick', { data: 'cifar10' });
  t.deepEqual(
    new Set(trials.map(({ experiment }) => experiment.data.name)),
    new Set(['cifar10', 'shapes10-dvs']),
  );
  t.is(trials[0].experiment.data.trainLimit, undefined);
});

test('desk means the first training file of CIFAR-10: every committed record of it is found, and was trained on that', (t) => {
  const trials = presetTrials('desk');
  const { runs, missing } = recordsOf(openRuns(join(packageRoot(), 'data', 'runs')), trials);
  t.deepEqual(
    missing.map(({ experiment }) => experiment.name),
    ['cifar10-dvs, seed 0'],
  );
  const onCifar = runs.filter(({ data }) => data.name === 'cifar10');
  t.true(onCifar.length > 100);
  for (const { experiment, fingerprint } of trials)
    t.is(fingerprint !== undefined, experiment.data.name === 'cifar10', experiment.name);
  for (const { id, data } of onCifar) t.is(data.fingerprint, trials[0].fingerprint!, id);
  t.is(presetTrials('desk', { data: 'cifar100' })[0].fingerprint, undefined);
});

test('a training that several studies ask for is one trial, with the evaluations of all, under the first one’s name', (t) => {
  const shared = presetTrials('desk').filter(({ group }) => group.includes('+'));
  const [both] = shared.filter(({ group }) => group === 'sgs-ablation+noise-robustness+energy+comparison');
  t.is(both.experiment.name, 'resnet19, delta = 0.0001, beta = 0.0001, seed 0');
  t.deepEqual([...new Set(both.evaluations.map(({ kind }) => kind))], ['energy', 'probe', 'noise']);
});

test('trials of one network follow each other, the small one of desk first', (t) => {
  const networks = presetTrials('desk').map(({ experiment }) => experiment.network.architecture);
  t.deepEqual(
    networks.filter((name, i) => name !== networks[i - 1]),
    ['convNet', 'resnet19', 'vggsnn'],
  );
});
