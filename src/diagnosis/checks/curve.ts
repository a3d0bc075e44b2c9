// Tests: test/diagnosis/checks/index.test.ts.
import { type Check, digits, type Finding, percent } from '../check.js';
import type { Facts } from '../facts.js';

/** Loss that chance gives, within this share; a fall of the loss, an overfitted gap and a shaking curve from these on. */
const CHANCE = 0.02;
const FALLING = 0.03;
const GAP = 0.15;
const SHAKING = 0.35;

/** The shape of the loss over the epochs of a record. */
export const curve: Check = {
  name: 'curve',
  title: 'loss curve',
  usual:
    'the training loss falls in most epochs, levels off at the end, and the test accuracy follows the training accuracy',
  findings({ training, classes }) {
    if (training === undefined) return [];
    const { rows, outcome, epochs } = training;
    if (outcome.status === 'diverged')
      return [
        {
          severity: 'fault',
          where: `epoch ${rows.length + 1}`,
          value: rows.length,
          text: `the training diverged in epoch ${rows.length + 1} of ${epochs}${outcome.reason ? ` (${outcome.reason})` : ''}`,
          advice: 'lower optimizer.learningRate, by ten to begin with; batch norms; a smaller neuron.delta',
        },
      ];
    const losses = rows.map(({ trainLoss }) => trainLoss).filter((loss): loss is number => loss !== null);
    if (losses.length < 2) return [];
    const found = [
      ...stuck(losses, classes),
      ...overfitted(rows),
      ...shaken(losses),
      ...unfinished(losses, training),
    ];
    if (found.length > 0) return found;
    const [first, last] = [losses[0], losses.at(-1)!];
    return [
      {
        severity: 'usual',
        where: null,
        value: last,
        text: `the training loss fell from ${digits(first)} to ${digits(last)} in ${losses.length} epochs`,
      },
    ];
  },
};

function stuck(losses: readonly number[], classes: number): Finding[] {
  const [first, last] = [losses[0], losses.at(-1)!];
  const chance = Math.log(classes);
  if (Math.abs(last / chance - 1) < CHANCE || last >= first * (1 - CHANCE))
    return [
      {
        severity: 'fault',
        where: null,
        value: last,
        text:
          `the training loss is ${digits(last)} after ${losses.length} epochs, ${digits(first)} after the first; ` +
          `guessing among ${classes} classes gives ${digits(chance)}`,
        advice: 'nothing is learnt: see what was found above; else raise optimizer.learningRate',
      },
    ];
  return [];
}

function overfitted(rows: NonNullable<Facts['training']>['rows']): Finding[] {
  const { trainAccuracy, testAccuracy } = rows.at(-1)!;
  const gap = trainAccuracy - testAccuracy;
  if (gap < GAP) return [];
  return [
    {
      severity: 'look',
      where: `epoch ${rows.length}`,
      value: gap,
      text: `${percent(trainAccuracy)} of the training and ${percent(testAccuracy)} of the test examples are right at the end: it learns by heart`,
      advice:
        'more examples or data.augment, optimizer.weightDecay or lipschitz.beta, a smaller network, fewer epochs',
    },
  ];
}

function shaken(losses: readonly number[]): Finding[] {
  const rises = losses.filter((loss, i) => i > 0 && loss > losses[i - 1]).length;
  const share = rises / (losses.length - 1);
  if (losses.length < 6 || share < SHAKING) return [];
  return [
    {
      severity: 'look',
      where: null,
      value: share,
      text: `the training loss rose in ${rises} of ${losses.length - 1} epochs`,
      advice: 'lower optimizer.learningRate, or a larger batchSize',
    },
  ];
}

function unfinished(losses: readonly number[], { epochs, rows }: NonNullable<Facts['training']>): Finding[] {
  const last = losses.at(-1)!;
  const before = losses[losses.length - 1 - Math.max(1, Math.round(losses.length / 10))];
  const fall = 1 - last / before;
  if (losses.length < 5 || fall < FALLING) return [];
  return [
    {
      severity: 'look',
      where: `epoch ${rows.length}`,
      value: fall,
      text: `the training loss still fell by ${percent(fall)} in the last tenth of ${rows.length} epochs`,
      advice: rows.length < epochs ? 'train on to the last epoch' : 'more epochs, or a larger learning rate',
    },
  ];
}
