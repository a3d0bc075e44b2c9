// The flagship's trainings with made-up accuracies.
import type { RunRecord } from '../../src/records/record.js';
import { type Flagship, FLAGSHIPS, flagshipTrials } from '../../src/studies/flagship/trials.js';
import { madeRun } from './sweep.js';

/** A training by its name; accuracies are shares. */
export const flagshipRun = (name: Flagship, test: number): RunRecord =>
  madeRun({ settings: flagshipTrials[FLAGSHIPS.indexOf(name)].settings, test, validation: 0.5 });
