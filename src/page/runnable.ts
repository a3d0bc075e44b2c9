// Records that the page can run again: links to it are made for these alone.
import type { RunRecord } from '../records/record.js';
import { isNamed } from '../surrogates/settings.js';
import { isEquations } from '../neurons/settings.js';
import { fragmentOf } from './fragment.js';

/** Multiply–accumulates of the forward passes of a training, at most: some minutes on a laptop. */
const MOST_WORK = 1e11;

/** Whether the page has the data, the engine and, in minutes, the time for a run that is done. */
export function runnable({ experiment, data, macs, numerics, outcome }: RunRecord): boolean {
  const { network, neuron, epochs, steps } = experiment;
  return (
    outcome.status === 'done' &&
    numerics.engine === 'event' &&
    data.name === 'shapes10' &&
    data.arrays === undefined &&
    network.layers === undefined &&
    network.twin === undefined &&
    !isEquations(neuron) &&
    isNamed(neuron.surrogate) &&
    data.split.train * epochs * steps * macs <= MOST_WORK
  );
}

/** The address at which the page runs a record and compares its weights; undefined where it cannot. */
export const addressOf = (page: string, run: RunRecord): string | undefined =>
  runnable(run) && run.weightsDigest !== null
    ? `${page}#${fragmentOf(run.experiment, { id: run.id, digest: run.weightsDigest })}`
    : undefined;
