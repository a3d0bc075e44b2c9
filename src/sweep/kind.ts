// Trials of one kind: they differ in numbers that decide neither whether they can run nor what they need. One of each kind is
// looked at, however many there are. Tests: test/sweep/executor.test.ts.
import type { Experiment } from '../experiment/experiment.js';

/** What decides whether and on what an experiment runs: of numbers in the arithmetic only whether they are 0. */
export function kindOf(settings: Experiment): string {
  const { network, data, steps, batchSize, neuron, batchNorm, loss, lipschitz, optimizer } = settings;
  const sign = (_name: string, value: unknown): unknown =>
    typeof value === 'number' ? Math.sign(value) : value;
  const arithmetic = JSON.stringify([neuron, batchNorm, loss, lipschitz, optimizer], sign);
  return JSON.stringify([network, data, steps, batchSize, arithmetic]);
}
