// What each check says: nothing of a network that learns, and of each fault its name, its number and what to try.
import test from 'ava';
import type { Severity } from '../../../src/diagnosis/check.js';
import { checks } from '../../../src/diagnosis/checks/index.js';
import { findingsOf } from '../../../src/diagnosis/diagnose.js';
import type { Facts } from '../../../src/diagnosis/facts.js';
import { experiment } from '../../../src/experiment/experiment.js';
import type { EpochRow } from '../../../src/records/record.js';
import { sampleFacts, sampleLayer } from '../../helpers/diagnosis.js';
import { sampleRows } from '../../helpers/records.js';

/** What one check finds. */
const found = (check: string, facts: Partial<Facts>) =>
  findingsOf(sampleFacts(facts)).filter((row) => row.check === check);

test('every check has a name of its own, says what is usual, and has nothing to say against a network that learns', (t) => {
  t.is(new Set(checks.map(({ name }) => name)).size, checks.length);
  const rows = findingsOf(sampleFacts());
  t.deepEqual(
    rows.map(({ check }) => check),
    checks.map(({ name }) => name),
  );
  for (const { check, severity, text, usual, advice } of rows) {
    t.is(severity, 'usual', `${check}: ${text}`);
    t.is(advice, undefined);
    t.true(text.length > 0 && /\d/.test(text) && usual.length > 0, check);
  }
});

test('what is not known is not judged: no record, no finite differences, no neurons that spike', (t) => {
  const facts = sampleFacts({ layers: [] });
  delete facts.training;
  delete facts.alignment;
  delete facts.noise;
  t.deepEqual(
    findingsOf(facts).map(({ check }) => check),
    ['finite', 'coverage', 'updates'],
  );
});

const rows = (losses: (number | null)[], more: Partial<EpochRow> = {}): EpochRow[] =>
  losses.map((trainLoss, i) => ({ ...sampleRows(1)[0], epoch: i + 1, trainLoss, ...more }));
const trained = (losses: (number | null)[], more: Partial<EpochRow> = {}): Partial<Facts> => ({
  training: { rows: rows(losses, more), outcome: { status: 'done' }, epochs: losses.length },
});
const adam = (learningRate: number): Partial<Facts> => ({
  settings: experiment({ steps: 2, optimizer: { kind: 'adam', learningRate } }),
});

/** Facts with something wrong: the check that finds it, how bad it is, its number and words of its text. */
const FAULTS: [check: string, facts: Partial<Facts>, Severity, value: number | null, text: RegExp][] = [
  ['finite', { loss: NaN }, 'fault', null, /^the loss is NaN$/],
  [
    'finite',
    { parameters: [{ parameter: 'fc.bias', size: 1, share: 1, gradientNorm: 1, rms: Infinity }] },
    'fault',
    null,
    /^fc\.bias holds values/,
  ],
  [
    'dead',
    {
      layers: [
        sampleLayer('a'),
        sampleLayer('b', { dead: 0.97 }),
        sampleLayer('c', { dead: 1 }),
        sampleLayer('d', { dead: 1 }),
        sampleLayer('e', { dead: 1 }),
        sampleLayer('f', { dead: 0.6 }),
      ],
    },
    'fault',
    0.97,
    /^97 % of b fires for none of 100 examples at any step; as dead: c, d and 1 more$/,
  ],
  ['dead', { layers: [sampleLayer('a', { dead: 0.6 })] }, 'look', 0.6, /^60 % of a fires for none/],
  [
    'dead',
    { layers: [sampleLayer('a', { deadAt: [1, 0.2] })] },
    'look',
    1,
    /^a is silent in the first 1 of 2 steps/,
  ],
  [
    'saturated',
    { layers: [sampleLayer('a'), sampleLayer('b', { saturated: 0.8 })] },
    'fault',
    0.8,
    /^80 % of b fires for all 100 examples at every step$/,
  ],
  ['saturated', { layers: [sampleLayer('a', { saturated: 0.2 })] }, 'look', 0.2, /^20 % of a fires for all/],
  [
    'saturated',
    { layers: [sampleLayer('a', { spikeRate: [0.9, 0.7] })] },
    'look',
    0.8,
    /^80 % of a fires at a step$/,
  ],
  [
    'window',
    { layers: [sampleLayer('a'), sampleLayer('b', { windowDensity: [0.002, 0.004] })] },
    'fault',
    0.003,
    /^0\.3 % of the potentials of b lie/,
  ],
  [
    'window',
    {
      layers: [
        sampleLayer('a', { windowDensity: [0.08, 0.08] }),
        sampleLayer('b', { windowDensity: [0.05, 0.05] }),
      ],
    },
    'look',
    0.05,
    /^5 % of the potentials of b lie .*; below 10 %: a and b$/,
  ],
  [
    'coverage',
    {
      coverage: 0.3,
      parameters: [
        { parameter: 'a.weight', size: 4, share: 0.4, gradientNorm: 1, rms: 1 },
        { parameter: 'b.weight', size: 4, share: 0.2, gradientNorm: 1, rms: 1 },
        { parameter: 'c.weight', size: 4, share: 1, gradientNorm: 1, rms: 1 },
      ],
    },
    'fault',
    0.3,
    /^30 % of all parameters .*; least of b\.weight and a\.weight$/,
  ],
  ['coverage', { coverage: 0.8 }, 'look', 0.8, /^80 %/],
  [
    'flow',
    {
      layers: [
        sampleLayer('a', { gradientNorm: [3e-7, 4e-7] }),
        sampleLayer('b', { gradientNorm: [6e-4, 8e-4] }),
        sampleLayer('c', { gradientNorm: [3e-3, 4e-3] }),
      ],
    },
    'fault',
    1e-4,
    /^it vanishes: in a it is 0\.0001 times that in c, most from b back to a \(0\.0005 times\)$/,
  ],
  [
    'flow',
    {
      layers: [
        sampleLayer('a', { gradientNorm: [60, 80] }),
        sampleLayer('b', { gradientNorm: [30, 40] }),
        sampleLayer('c', { gradientNorm: [0.6, 0.8] }),
      ],
    },
    'look',
    100,
    /^it explodes: in a it is 100 times that in c, most from c back to b \(50 times\)$/,
  ],
  [
    'flow',
    {
      layers: [
        sampleLayer('a', { gradientNorm: [0, 0] }),
        sampleLayer('b', { gradientNorm: [0, 0] }),
        sampleLayer('c'),
      ],
    },
    'fault',
    0,
    /^no gradient at all reaches b and a$/,
  ],
  [
    'flow',
    { layers: [sampleLayer('a', { gradientNorm: [1e-6, 1e-2] })] },
    'look',
    1e-4,
    /^at step 1 the gradient in a is 0\.0001 times that of its largest step$/,
  ],
  [
    'alignment',
    { alignment: { parameter: 'a.weight', probes: 64, epsilon: 0.1, cosine: null } },
    'fault',
    null,
    /^there is no cosine/,
  ],
  [
    'alignment',
    { alignment: { parameter: 'a.weight', probes: 64, epsilon: 0.1, cosine: -0.5 } },
    'fault',
    -0.5,
    /^the cosine is −0\.5 over 64 values of a\.weight, moved by ±0\.1: the surrogate points uphill$/,
  ],
  [
    'alignment',
    { alignment: { parameter: 'a.weight', probes: 64, epsilon: 0.1, cosine: 0.2 } },
    'look',
    0.2,
    /within chance \(±0\.25\)$/,
  ],
  [
    'updates',
    adam(0.1),
    'fault',
    2,
    /^at learning rate 0\.1 an update moves a\.weight by up to 200 % of its size$/,
  ],
  ['updates', adam(0.025), 'look', 0.5, /up to 50 %/],
  ['updates', adam(1e-8), 'look', 2e-7, /up to 0\.00002 %/],
  [
    'updates',
    { settings: experiment({ optimizer: { kind: 'sgd', learningRate: 20 } }) },
    'fault',
    2, // 20 · 0.1/√400 against 0.05
    /up to 200 %/,
  ],
  [
    'noise',
    { noise: { signal: 1e-6, noise: 1, scale: 1e6 } },
    'look',
    1e6,
    /^the noise scale is 1000000 examples, 20000 times the batch of 50$/,
  ],
  ['noise', { noise: { signal: 0, noise: 1, scale: null } }, 'look', null, /all of it is noise$/],
  [
    'curve',
    {
      training: {
        rows: rows([2, 3]),
        outcome: { status: 'diverged', reason: 'the loss is NaN' },
        epochs: 9,
      },
    },
    'fault',
    2,
    /^the training diverged in epoch 3 of 9 \(the loss is NaN\)$/,
  ],
  [
    'curve',
    trained([2.31, 2.3, 2.3]),
    'fault',
    2.3,
    /^the training loss is 2\.3 after 3 epochs, 2\.31 after the first; guessing among 10 classes gives 2\.3$/,
  ],
  ['curve', trained([1.2, 1.25]), 'fault', 1.25, /is 1\.25 after 2 epochs/],
  [
    'curve',
    trained([2, 1], { trainAccuracy: 0.99, testAccuracy: 0.7 }),
    'look',
    0.29,
    /^99 % of the training and 70 % of the test examples are right/,
  ],
  [
    'curve',
    trained([2, 1.5, 1.6, 1.4, 1.5, 1.3, 1.4, 1.3]),
    'look',
    3 / 7,
    /^the training loss rose in 3 of 7 epochs$/,
  ],
  [
    'curve',
    trained([2, 1.8, 1.6, 1.4, 1.2, 1]),
    'look',
    1 / 6,
    /still fell by 17 % in the last tenth of 6 epochs$/,
  ],
];

for (const [check, facts, severity, value, text] of FAULTS)
  test(`${check}: ${severity}: ${text.source}`, (t) => {
    const [row] = found(check, facts);
    t.is(row.severity, severity, row.text);
    if (value === null) t.is(row.value, null);
    else t.true(Math.abs(row.value! / value - (value === 0 ? row.value! : 1)) < 1e-9 || row.value === value);
    t.regex(row.text, text);
    t.true(row.advice !== undefined && row.advice.length > 0);
  });

test('a network that is nearly done has little gradient left: noise alone is then no fault', (t) => {
  for (const scale of [null, 1e6]) {
    const [row] = found('noise', { accuracy: 0.95, noise: { signal: 0, noise: 1, scale } });
    t.is(row.severity, 'usual');
    t.is(row.advice, undefined);
  }
});

test('the worst of a check comes first', (t) => {
  const layers = [sampleLayer('a', { deadAt: [1, 0] }), sampleLayer('b', { dead: 0.95 })];
  t.deepEqual(
    found('dead', { layers }).map(({ severity, where }) => [severity, where]),
    [
      ['fault', 'b'],
      ['look', 'a'],
    ],
  );
});
