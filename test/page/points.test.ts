// Points of a curve from steps.
import test from 'ava';
import type { StepResult } from '../../src/engines/engine.js';
import type { Point } from '../../src/page/messages.js';
import { Points } from '../../src/page/points.js';

const step = (classification: number, correct: number): StepResult => ({
  ...{ loss: 100, lipschitz: 99, classification, correct },
});

test('a point is the mean of the steps with some hundred examples, the loss that of the logits, at the epoch where they end', (t) => {
  const found: Point[] = [];
  const points = new Points({ batchSize: 40, stepsPerEpoch: 6 }, (point) => found.push(point));
  for (const [loss, correct] of [
    [3, 0],
    [2, 20],
    [1, 40],
    [6, 40],
    [6, 40],
    [6, 40],
    [9, 0],
  ])
    // oxfmt-ignore
    points.add(step(loss, correct));
  t.deepEqual(found, [
    { epoch: 0.5, loss: 2, accuracy: 0.5 },
    { epoch: 1, loss: 6, accuracy: 1 },
  ]);
});
