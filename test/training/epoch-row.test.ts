import test from 'ava';
import { epochRow } from '../../src/training/epoch-row.js';
import { lif, type Network, relu, residual } from '../../src/network/layers.js';
import type { EvaluationSummary } from '../../src/measures/accuracy.js';

const pace = { epoch: 3, learningRate: 0.1, seconds: 2, imagesPerSecond: 40 };
/** A layer of spikes, a layer within a block, and one that gives anything but spikes. */
const network: Network = {
  ...{ name: 'small', input: [3, 3, 1], classes: 2 },
  layers: [lif('a'), residual('r', [lif('b')]), relu('c')],
};
const partial = { loss: 30, lipschitz: 8, correct: 5, seen: 20, seconds: 1 };
const summary = (given: Partial<EvaluationSummary>): EvaluationSummary =>
  ({ loss: 1, accuracy: 0.5, ...given }) as EvaluationSummary;

test('a row has means over the examples that were seen, the penalty over steps, and what was evaluated', (t) => {
  const test = summary({ loss: 2, accuracy: 0.25 });
  const row = epochRow(partial, 4, { test }, pace, network);
  t.deepEqual(row, {
    ...pace,
    ...{ trainLoss: 1.5, trainAccuracy: 0.25, lipschitz: 2, testLoss: 2, testAccuracy: 0.25 },
  });
  const validated = epochRow(
    partial,
    4,
    { test, validation: summary({ loss: 3, accuracy: 0.75 }) },
    pace,
    network,
  );
  t.deepEqual(validated, { ...row, validationLoss: 3, validationAccuracy: 0.75 });
});

test('a row has the mean of each term of a loss that is a list, over steps', (t) => {
  const row = epochRow({ ...partial, terms: [8, NaN] }, 4, { test: summary({}) }, pace, network);
  t.deepEqual(row.terms, [2, null]);
});

test('a row: a loss that is no number is null; a layer that never fires is named', (t) => {
  const activity = [
    { layer: 'a', kind: 'neuron' as const, nonZero: [0, 0], size: 9 },
    { layer: 'b', kind: 'neuron' as const, nonZero: [0, 1], size: 9 },
  ];
  const row = epochRow(
    { ...partial, loss: NaN },
    4,
    { test: summary({ loss: Infinity, activity }) },
    pace,
    network,
  );
  t.is(row.trainLoss, null);
  t.is(row.testLoss, null);
  t.deepEqual(row.silent, ['a']);
  t.false('saturated' in row);
});

test('a row: layers that fire for every example at every step are named, what gives no spikes is not', (t) => {
  const layer = (name: string, nonZero: number[]) => ({
    ...{ layer: name, kind: 'neuron' as const, nonZero, size: 9 },
  });
  const activity = [layer('a', [9, 8]), layer('b', [9, 9]), layer('c', [9, 9])];
  const row = epochRow(partial, 4, { test: summary({ activity }) }, pace, network);
  t.deepEqual(row.saturated, ['b']);
  t.false('silent' in row);
});
