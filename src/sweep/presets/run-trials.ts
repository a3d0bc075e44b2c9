// Trainings of a preset, each in a process of its own, as many at a time as there are cores.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import { join } from 'node:path';
import { interruptSignal } from '../../cell/interrupt.js';
import { reportProgress } from '../../display/progress/progress.js';
import { EngineError } from '../../errors.js';
import { openRuns } from '../../records/folder.js';
import type { RunRecord } from '../../records/record.js';
import { EXIT } from '../messages.js';
import { startTrial } from '../process.js';
import type { Trial } from './plan.js';
import { recordOf, recordsOf } from './presets.js';
import { print } from '../../print.js';

/** Where and how trainings run. */
export interface TrainingOptions {
  /** Trainings at the same time; default one a core. */
  jobs?: number;
  engine?: string;
  backend?: string;
  dataDir?: string;
}

/**
 * The trials that lack a record of theirs. The others need no data: what is committed can be shown without it. Where an
 * engine is asked for, all: the records may be another engine's.
 */
export function openTrials(
  trials: Trial[],
  runsFolder: string,
  { engine = 'auto' }: TrainingOptions,
): Trial[] {
  if (engine !== 'auto') return trials;
  const { missing, missingEvaluations } = recordsOf(openRuns(runsFolder), trials);
  const names = new Set(missingEvaluations.map(({ run }) => run.experiment.name));
  return trials.filter((trial) => missing.includes(trial) || names.has(trial.experiment.name));
}

/** Runs every trial in a process of its own, `jobs` at a time. */
export async function runTrials(
  trials: Trial[],
  runsFolder: string,
  options: TrainingOptions,
): Promise<void> {
  const cores = os.availableParallelism();
  const jobs = Math.min(options.jobs ?? cores, trials.length);
  const threads = Math.max(1, Math.floor(cores / jobs)); // changes no result
  const folder = mkdtempSync(join(os.tmpdir(), 'sgs-trials-'));
  const signal = interruptSignal();
  const onProgress = reportProgress();
  const queue = trials.entries();
  let done = 0;
  const worker = async (): Promise<void> => {
    for (const [i, trial] of queue) {
      signal.throwIfAborted();
      const file = join(folder, `trial-${i}.json`);
      writeFileSync(file, JSON.stringify(trial));
      const started = performance.now();
      await runTrial(file, runsFolder, threads, options, signal);
      done += 1;
      const record = recordOf(openRuns(runsFolder), trial.experiment);
      onProgress.stop();
      print(
        `  ${done}/${trials.length}  ${trial.experiment.name}: ${resultOf(record)}, ${((performance.now() - started) / 1000).toFixed(0)} s`,
      );
      onProgress({ done, total: trials.length, label: 'trainings' });
    }
  };
  onProgress({ done, total: trials.length, label: 'trainings' });
  try {
    await Promise.all(Array.from({ length: jobs }, worker));
  } finally {
    onProgress.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

const resultOf = (record: RunRecord | undefined): string =>
  record?.outcome.testAccuracy === undefined
    ? 'no result'
    : `test accuracy ${(100 * record.outcome.testAccuracy).toFixed(1)} %`;

/** Runs `sgs trial` on a file. */
async function runTrial(
  file: string,
  runsFolder: string,
  threads: number,
  { engine, backend, dataDir }: TrainingOptions,
  signal: AbortSignal,
): Promise<void> {
  const trial = startTrial(file, { runsFolder, threads, engine, backend, dataDir });
  signal.addEventListener('abort', trial.stop, { once: true });
  const { code, signal: killedBy, stderr } = await trial.ended;
  signal.removeEventListener('abort', trial.stop);
  signal.throwIfAborted();
  if (code === EXIT.done || code === EXIT.diverged) return; // which is a result too
  throw new EngineError(`a training failed with ${killedBy ?? `exit code ${code}`}:\n${stderr}`);
}
