// Methods with made-up accuracies, of which every difference is known.
import type { RunRecord } from '../../src/records/record.js';
import { METHOD_CASES, methodTrials, type TrainedCase } from '../../src/studies/methods/trials.js';
import { madeRun } from './sweep.js';

/** The base of their settings. */
export const METHOD_BASE = { network: { architecture: 'convNet', width: 0.25 }, epochs: 3 } as const;

/** Test accuracies in % by seed, of methods in preset `equal`. */
export type MethodAccuracies = Readonly<Record<string, readonly number[]>>;

/** A training of a method, with weights of its own. */
export const methodRun = (name: string, seed: number, accuracy: number): RunRecord => {
  const trials = methodTrials(METHOD_BASE, [seed]);
  const { settings } =
    trials[METHOD_CASES.findIndex(({ method, as }) => method.name === name && as === 'equal')];
  const run = madeRun({ settings, seed, test: accuracy / 100, validation: 0.5 });
  return { ...run, weightsDigest: `sha256:${name} ${seed}` };
};

/**
 * All cases, with trainings of those that have accuracies.
 *
 * @param diverged - seeds that diverged, by method
 */
export const madeCases = (accuracies: MethodAccuracies, diverged: MethodAccuracies = {}): TrainedCase[] =>
  METHOD_CASES.map((one) => ({
    ...one,
    runs:
      one.as === 'equal'
        ? (accuracies[one.method.name] ?? []).map((accuracy, seed) =>
            methodRun(one.method.name, seed, accuracy),
          )
        : [],
    diverged: diverged[one.method.name] ?? [],
  }));
