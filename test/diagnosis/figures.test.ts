import test from 'ava';
import { findingsOf, type Diagnosis } from '../../src/diagnosis/diagnose.js';
import type { Facts } from '../../src/diagnosis/facts.js';
import { diagnosisFigures } from '../../src/diagnosis/figures.js';
import { sampleFacts, sampleLayer } from '../helpers/diagnosis.js';

const of = (more: Partial<Facts>): Diagnosis => {
  const facts = sampleFacts(more);
  return { run: null, weights: 'trained', findings: findingsOf(facts), facts };
};

test('shares by layer and step, gradients by layer, and the loss of a record', (t) => {
  const [shares, gradients, loss] = diagnosisFigures(of({}));
  t.deepEqual(
    shares.data.map(({ type, z }) => [type, (z as number[][])[0]]),
    [
      ['heatmap', [0.25, 0.3]],
      ['heatmap', [0.4, 0.5]],
      ['heatmap', [0.1, 0.2]],
      ['heatmap', [0, 0.03]],
    ],
  );
  t.deepEqual(shares.data[0].y, ['a', 'b', 'c']);
  t.deepEqual(
    gradients.data.map(({ name, y }) => [name, y]),
    [
      ['step 1', [0.01, 0.01, 0.01]],
      ['step 2', [0.02, 0.02, 0.02]],
    ],
  );
  t.deepEqual(
    loss.data.map(({ name, x }) => [name, x]),
    [
      ['training', [1, 2, 3]],
      ['test', [1, 2, 3]],
    ],
  );
});

test('a gradient of zero leaves a gap; of fifty steps seven are drawn; without neurons and record there is no figure', (t) => {
  const fifty = (value: number) => Array.from({ length: 50 }, () => value);
  const [, gradients] = diagnosisFigures(of({ layers: [sampleLayer('a', { gradientNorm: fifty(0) })] }));
  t.deepEqual(
    gradients.data.map(({ name }) => name),
    [1, 9, 17, 26, 34, 42, 50].map((step) => `step ${step}`),
  );
  t.deepEqual(gradients.data[0].y, [null]);
  const bare = of({ layers: [] });
  delete bare.facts.training;
  t.deepEqual(diagnosisFigures(bare), []);
});
