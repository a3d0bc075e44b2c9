// A plan: trials with their run ids, before anything is trained. Of a sweep, or of a list such as a preset's.
// Tests: test/sweep/executor.test.ts.
import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { EngineError, SettingsError, UnsupportedError } from '../errors.js';
import type { Numerics } from '../engines/engine.js';
import { runId } from '../records/record.js';
import type { RunDescription } from '../training/prepare.js';
import type { DescribedTrial, DescribeOptions, TrialDescription } from './describe.js';
import type { DescribeAnswer, DescribeRequest } from './describe-entry.js';
import { expandSweep, type SweepTrial } from './expand.js';
import { kindOf } from './kind.js';
import type { Search, Sweep } from './spec.js';

/** A trial that is known to be able to run, with the id that its record has or will have. */
export interface PlannedTrial extends SweepTrial {
  id: string;
  run: RunDescription;
  peakBytes: number | null;
}

/** A plan and its trials. */
export interface SweepPlan {
  /** `list`: each trial for its own sake; no configuration leads, none is halved. */
  sweep: Pick<Sweep, 'name' | 'evaluations'> & { search: Search | { kind: 'list' } };
  trials: PlannedTrial[];
  /** Number of combinations that the constraints left out. */
  leftOut: number;
}

/** Engine and place of the data; as the options of `sgs`. */
export interface PlanOptions extends DescribeOptions {
  signal?: AbortSignal;
}

/**
 * Expands a sweep and finds the run id of every trial, in a process of its own that loads each data set once.
 *
 * @throws SettingsError naming axis, value or trial that cannot run; UnsupportedError and errors of the data as described
 */
export async function planSweep(sweep: Sweep, options: PlanOptions): Promise<SweepPlan> {
  const { trials, leftOut } = expandSweep(sweep);
  return { sweep, leftOut, trials: await planTrials(trials, options) };
}

/**
 * Finds the run id of every trial, in a process of its own that loads each data set once.
 *
 * @throws SettingsError naming the trial that cannot run; UnsupportedError and errors of the data as described
 */
export async function planTrials(
  trials: readonly SweepTrial[],
  options: PlanOptions,
): Promise<PlannedTrial[]> {
  const kinds = new Map<string, number>();
  const firsts: DescribedTrial[] = [];
  const kindsOfTrials = trials.map(({ experiment, fingerprint }) => {
    const kind = JSON.stringify([kindOf(experiment), fingerprint]);
    const known = kinds.get(kind);
    if (known !== undefined) return known;
    kinds.set(kind, firsts.length);
    return firsts.push({ experiment, fingerprint }) - 1;
  });
  const descriptions = await describeElsewhere(firsts, options);
  return trials.map((trial, i) => plannedTrial(trial, descriptions[kindsOfTrials[i]]));
}

/** A trial as it will run, from the description of its kind. */
function plannedTrial(trial: SweepTrial, { run, peakBytes }: TrialDescription): PlannedTrial {
  const { experiment } = trial;
  const id = runId(experiment, run.data.fingerprint, run.numerics);
  // Of a hundred thousand trials no second object each.
  return Object.assign(trial, { id, run: { ...run, id, experiment }, peakBytes });
}

/** The numerics of a plan's trials, each once. */
export const numericsOf = ({ trials }: SweepPlan): Numerics[] => [
  ...new Map(trials.map(({ run }) => [JSON.stringify(run.numerics), run.numerics])).values(),
];

function describeElsewhere(
  trials: DescribeRequest['trials'],
  { onProgress, signal, ...options }: PlanOptions,
): Promise<TrialDescription[]> {
  const entry = new URL(
    import.meta.url.endsWith('.ts') ? '../../dist/sweep/describe-entry.js' : './describe-entry.js',
    import.meta.url,
  );
  return new Promise((resolve, reject) => {
    const child = fork(fileURLToPath(entry), {
      execArgv: [],
      signal,
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    const said: string[] = [];
    child.stderr?.on('data', (text: Buffer) => said.push(text.toString()));
    child.on('message', (answer: DescribeAnswer) => {
      if (answer.kind === 'progress') onProgress?.(answer.event);
      else if (answer.kind === 'done') resolve(answer.descriptions);
      else reject(errorOf(answer));
    });
    child.on('error', reject);
    child.on('close', (code, killed) =>
      reject(
        new EngineError(
          `sweep: the process that looks at the trials ended (${killed ?? `exit code ${code}`}): ${said.join('').slice(-2000)}`,
        ),
      ),
    );
    child.send({ trials, options: JSON.parse(JSON.stringify(options)) } as DescribeRequest);
  });
}

/** The error of the other process, so that it reads as if it had happened here. */
function errorOf({ name, message }: { name: string; message: string }): Error {
  if (name === 'UnsupportedError') return new UnsupportedError(message);
  return name === 'SettingsError' || name === 'DataError' ? new SettingsError(message) : new Error(message);
}
