// A sweep at one moment, in the words and numbers that a view shows.
import { durationText } from '../display/progress/meter.js';
import { bestSoFar } from './best.js';
import { estimator, type Estimator, type Timed } from './estimate.js';
import type { Executor, RunningTrial } from './executor.js';
import { trialText, valuesText } from './expand.js';
import type { RunRecord } from '../records/record.js';

/** Content of a view. */
export interface Snapshot {
  name: string;
  total: number;
  /** Trials that need no more work, whatever came of them. */
  settled: number;
  /** Counts by what became of them, those that are 0 left out: `done 12, running 2`. */
  counts: string;
  /** One line for the leading configuration. */
  best: string;
  /** Words for the time left, empty before it can be estimated. */
  left: string;
  running: { trial: number; what: string; epoch: string; progress: number; time: string }[];
}

/** Takes the snapshots of an executor. */
export class Photographer {
  constructor(
    private readonly executor: Executor,
    private readonly now: () => number = () => performance.now(),
  ) {}

  /** Current work of the executor. */
  take(): Snapshot {
    const { plan, running, elsewhere } = this.executor;
    const { trials, sweep } = plan;
    const tally = new Map<string, number>();
    const words = statusWords(this.executor);
    for (const { id } of trials) {
      const word = words.get(id)!;
      tally.set(word, (tally.get(word) ?? 0) + 1);
    }
    const settled = trials.filter((trial) => this.executor.isSettled(trial)).length;
    return {
      name: sweep.name,
      total: trials.length,
      settled,
      counts: ORDER.filter((word) => tally.has(word))
        .map((word) => `${tally.get(word)} ${word}`)
        .join(', '),
      best: bestText(this.executor),
      left: this.left(settled === trials.length || running.size + elsewhere.size === 0),
      running: [...running.values()]
        .sort((a, b) => a.trial.index - b.trial.index)
        .map(({ trial, message, startedAt }) => ({
          trial: trial.index,
          what: trialText(trial),
          epoch:
            message?.kind === 'progress'
              ? `${message.epoch}/${message.epochs}`
              : message?.kind === 'evaluating'
                ? message.label
                : 'starting',
          progress: message?.kind === 'progress' ? message.done : message?.kind === 'evaluating' ? 1 : 0,
          time: durationText((this.now() - startedAt) / 1000),
        })),
    };
  }

  /** From records of this sweep and the pace of what runs: the seconds of an epoch, times what is left, over the trials at a time. */
  private left(ended: boolean): string {
    if (ended) return '';
    const { plan, states, running, elsewhere, jobs } = this.executor;
    const records = [...states.values()]
      .map(({ record }) => record)
      .filter((r): r is RunRecord => r !== undefined);
    const of: Estimator = estimator([...records, ...[...running.values()].flatMap(paceOf)]).of;
    let seconds = 0;
    for (const trial of plan.trials) {
      if (this.executor.isSettled(trial) || elsewhere.has(trial.id)) continue;
      const message = running.get(trial.id)?.message;
      const done =
        message?.kind === 'progress'
          ? message.done * trial.experiment.epochs
          : message?.kind === 'evaluating'
            ? trial.experiment.epochs
            : (states.get(trial.id)?.epochs ?? 0);
      const own = of(trial, Math.max(0, trial.experiment.epochs - done));
      if (own === undefined) return '';
      seconds += own;
    }
    const most = plan.sweep.search.kind === 'halving' ? 'at most ' : '';
    return `${most}${durationText(seconds / Math.max(1, Math.min(jobs, plan.trials.length)))} left`;
  }
}

/** Milliseconds of progress that a pace is known by. */
const PACE_MS = 60_000;

/** A trial under way as a training of one epoch, as long as one takes by what it has told; none in its first minute. */
function paceOf({ trial, heard }: RunningTrial): Timed[] {
  if (heard === undefined) return [];
  const { first, last } = heard;
  const [ms, epochs] = [last.at - first.at, (last.done - first.done) * trial.experiment.epochs];
  return ms < PACE_MS || epochs <= 0 ? [] : [{ ...trial.run, rows: [{ seconds: ms / 1000 / epochs }] }];
}

const ORDER = [
  'done',
  'diverged',
  'failed',
  'damaged',
  'not evaluated',
  'running',
  'elsewhere',
  'to evaluate',
  'halted',
  'missing',
];

/** Where each trial stands, in a word or two, by id. `halted`: resumable, not running. `not evaluated`: given up. */
export function statusWords(executor: Executor): Map<string, string> {
  const { plan, states, running, elsewhere, unevaluated } = executor;
  return new Map(
    plan.trials.map((trial) => {
      const { id } = trial;
      if (running.has(id) && !executor.isSettled(trial)) return [id, 'running'];
      if (elsewhere.has(id)) return [id, 'elsewhere'];
      if (unevaluated.has(id)) return [id, 'not evaluated'];
      const status = states.get(id)?.status ?? 'missing';
      return [id, status === 'trained' ? 'to evaluate' : status === 'begun' ? 'halted' : status];
    }),
  );
}

/** The leading configuration in one line; says so where there is none yet. Empty for a list, where none leads. */
export function bestText({ plan, states }: Pick<Executor, 'plan' | 'states'>): string {
  if (plan.sweep.search.kind === 'list') return '';
  const best = bestSoFar(plan.trials, states);
  if (!best)
    return plan.trials.every(({ experiment }) => experiment.data.validation === 0)
      ? 'no best: there is no validation part to judge by'
      : '';
  const { axes, validationAccuracy, epoch, seeds, among } = best;
  return (
    `best of ${among} by validation at epoch ${epoch}: ${(100 * validationAccuracy).toFixed(2)} %` +
    `${seeds > 1 ? ` (mean of ${seeds} seeds)` : ''}, ${valuesText(axes) || 'the only configuration'}`
  );
}
