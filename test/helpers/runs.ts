// Small trainings for tests: a tiny net on a few generated images, in a temporary record folder.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { shapes10 } from '../../src/data/sets/shapes10.js';
import { experiment, type Experiment, type ExperimentInput } from '../../src/experiment/experiment.js';
import { openRuns, type Runs } from '../../src/records/folder.js';

/** 200 training and 60 test images. */
export const smallShapes = shapes10({ train: 200, test: 60 });

/** Two epochs of five steps of a net with 3,590 parameters. */
export const smallExperiment = (more: ExperimentInput = {}): Experiment =>
  experiment({
    name: 'small',
    network: { architecture: 'convNet', width: 0.125 },
    data: { name: 'shapes10', trainLimit: 100, testLimit: 50 },
    epochs: 2,
    batchSize: 20,
    ...more,
  });

/** Runs a test with a record folder that is removed afterwards. */
export async function withRuns<Result>(use: (runs: Runs) => Result | Promise<Result>): Promise<Result> {
  const folder = mkdtempSync(join(tmpdir(), 'sgs-runs-'));
  try {
    return await use(openRuns(folder));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
