// Records of a sweep that was never run: settings × seeds with accuracies made up by the test.
import type { ExperimentInput } from '../../src/experiment/experiment.js';
import type { RunRecord, Status } from '../../src/records/record.js';
import { sampleRows, sampleRun } from './records.js';

/** How a made-up run ends. */
export interface MadeRun {
  settings?: ExperimentInput;
  seed?: number;
  /** Shares in [0, 1]. */
  test?: number;
  validation?: number;
  status?: Status;
}

/** A record of three epochs (one where it is not done) with these accuracies in the last. */
export function madeRun({
  settings = {},
  seed = 0,
  test = 0.5,
  validation,
  status = 'done',
}: MadeRun): RunRecord {
  const held = validation !== undefined;
  const rows = sampleRows(status === 'done' ? 3 : 1, held);
  Object.assign(rows.at(-1)!, { testAccuracy: test, ...(held && { validationAccuracy: validation }) });
  return sampleRun({
    settings: { ...settings, seed, epochs: 3, data: { name: 'shapes10', validation: held ? 0.1 : 0 } },
    status,
    rows,
    stop: status === 'diverged' ? { step: 3, reason: 'the loss is NaN' } : undefined,
  });
}

/** A run for each δ × β × seed; accuracies of the test and the validation part as given. */
export function madeGrid(
  deltas: readonly number[],
  betas: readonly number[],
  seeds: readonly number[],
  accuracy: (
    delta: number,
    beta: number,
    seed: number,
  ) => { test: number; validation?: number; status?: Status },
): RunRecord[] {
  return deltas.flatMap((delta) =>
    betas.flatMap((beta) =>
      seeds.map((seed) =>
        madeRun({
          settings: { neuron: { delta }, lipschitz: { beta } },
          seed,
          ...accuracy(delta, beta, seed),
        }),
      ),
    ),
  );
}
