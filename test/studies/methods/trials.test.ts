// The trainings of the methods: everything but the method equal, seed by seed, found again among records.
import test from 'ava';
import { experiment } from '../../../src/experiment/experiment.js';
import { fieldsOf } from '../../../src/methods/compose.js';
import { METHOD_NAMES } from '../../../src/methods/index.js';
import { METHOD_CASES, methodTrials, trainedCases } from '../../../src/studies/methods/trials.js';
import { trialsOf } from '../../../src/studies/trials.js';
import { sampleRun } from '../../helpers/records.js';

const BASE = { network: { architecture: 'convNet', width: 0.25 }, epochs: 3, batchSize: 50 } as const;
const trials = methodTrials(BASE, [4, 5]);

test('every method is trained as equal, those of at most two steps as own, one seed after the other', (t) => {
  t.deepEqual(
    METHOD_CASES.filter(({ as }) => as === 'equal').map(({ method }) => method.name),
    METHOD_NAMES,
  );
  // The paper's recipe is ours: it is trained once.
  t.deepEqual(
    METHOD_CASES.filter(({ as }) => as === 'own').map(({ method }) => method.name),
    ['baseline', 'mpdAgl', 'glif', 'tdbn', 'tet'],
  );
  for (const { method, as } of METHOD_CASES)
    if (as === 'own') t.true((method.own!.steps ?? 2) <= 2, method.name);
  t.deepEqual(
    trials.map(({ settings }) => settings.seed),
    [4, 5].flatMap((seed) => METHOD_CASES.map(() => seed)),
  );
});

test('in preset equal nothing differs from the baseline but what the method sets; epochs and batch are the same for all', (t) => {
  const [baseline] = trials;
  const plain = experiment(baseline.settings) as unknown as Record<string, unknown>;
  for (const [i, { method, as }] of METHOD_CASES.entries()) {
    const own = experiment(trials[i].settings) as unknown as Record<string, unknown>;
    t.like(own, { epochs: 3, batchSize: 50, seed: 4 }, method.name);
    if (as !== 'equal') continue;
    const set = new Set([...fieldsOf(method.equal).map(([path]) => path.split('.')[0]), 'name']);
    for (const field of new Set([...Object.keys(plain), ...Object.keys(own)]))
      if (!set.has(field)) t.deepEqual(own[field], plain[field], `${method.name}: ${field}`);
  }
});

test('energy of every training, questions about gradients of the first seed', (t) => {
  const kinds = (at: number): string[] => trials[at].evaluations.map(({ kind }) => kind);
  t.deepEqual(kinds(0), ['energy', 'alignment', 'coverage']);
  t.deepEqual(kinds(METHOD_CASES.length), ['energy']);
});

test('trainedCases: finds the trainings of a case by their settings, whatever their name and data, by seed', (t) => {
  const at = METHOD_CASES.findIndex(({ method }) => method.name === 'tet');
  const runs = [at + METHOD_CASES.length, at].map((i) =>
    sampleRun({ settings: { ...trials[i].settings, name: 'another', data: { name: 'cifar10' } } }),
  );
  const cases = trainedCases(BASE, [...runs, sampleRun()]);
  t.deepEqual(
    cases
      .filter(({ runs: found }) => found.length > 0)
      .map(({ method, as, runs: found }) => [method.name, as, found.map(({ experiment: { seed } }) => seed)]),
    [['tet', 'equal', [4, 5]]],
  );
  const broken = trainedCases(BASE, runs.slice(1), [{ experiment: runs[0].experiment }]);
  t.deepEqual(
    broken
      .filter(({ diverged }) => diverged.length > 0)
      .map(({ method, diverged }) => [method.name, diverged]),
    [['tet', [5]]],
  );
});

test('preset whole trains them with three seeds; those that the ablation has too are trained once', (t) => {
  const whole = trialsOf('whole', 'methods');
  t.deepEqual([...new Set(whole.map(({ experiment: { seed } }) => seed))], [0, 1, 2]);
  // Baseline, triangle, SGS, LR and both.
  t.is(whole.filter(({ group }) => group.includes('sgs-ablation')).length, 15);
  t.deepEqual(trialsOf('quick', 'methods'), []);
});
