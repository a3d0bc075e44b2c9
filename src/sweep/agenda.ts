// The trials of a sweep that are left to do: read from records and leases, with what was tried in this run of the sweep. Tests:
// test/sweep/executor.test.ts.
import { openRuns } from '../records/folder.js';
import { highestTokens, leasesFolder, removeLeases } from '../records/lease/file.js';
import { LeaseWatcher, type LeaseView } from '../records/lease/lease.js';
import { targetsOf } from './halving.js';
import type { PlannedTrial, SweepPlan } from './plan.js';
import { isGivenUp, SweepRecords, type TrialState } from './state.js';

/** Input of an agenda. */
export interface AgendaOptions {
  runsFolder: string;
  /** Try again what is recorded as failed. Default false. */
  retryFailed?: boolean;
}

/** A trial that crashes is tried so often. */
export const ATTEMPTS = 2;

/** Something that can be started now. */
export interface Task {
  trial: PlannedTrial;
  until?: number;
  takeOver?: number;
}

/** See the head of the file. */
export class Agenda {
  /** Trials that other processes work on, by id. */
  elsewhere = new Map<string, LeaseView>();
  states = new Map<string, TrialState>();
  /** Why the evaluations of trained runs were given up, by id. */
  readonly unevaluated = new Map<string, string>();
  private readonly records: SweepRecords;
  private readonly watcher: LeaseWatcher;
  private readonly attempts = new Map<string, number>();

  constructor(
    private readonly plan: SweepPlan,
    private readonly options: AgendaOptions,
  ) {
    this.records = new SweepRecords(openRuns(options.runsFolder));
    this.watcher = new LeaseWatcher(options.runsFolder);
  }

  /** Counts an attempt that went wrong; the number of them. */
  attempted({ id }: PlannedTrial): number {
    const attempt = (this.attempts.get(id) ?? 0) + 1;
    this.attempts.set(id, attempt);
    return attempt;
  }

  /** An attempt went well. */
  succeeded({ id }: PlannedTrial): void {
    this.attempts.delete(id);
  }

  /** Gives up the evaluations of a trial that is trained; false where it is not. */
  giveUpEvaluations(trial: PlannedTrial, reason: string): boolean {
    if (this.records.read(trial).status !== 'trained') return false;
    this.unevaluated.set(trial.id, reason);
    return true;
  }

  /** Whether nothing is left to do of a trial in this run of the sweep. */
  isSettled(trial: PlannedTrial): boolean {
    const state = this.states.get(trial.id)!;
    if (state.status === 'failed') return !this.mayRetry(trial);
    if (state.status === 'trained') return this.unevaluated.has(trial.id);
    return state.status === 'done' || state.status === 'diverged' || state.status === 'damaged';
  }

  /** A process killed between the record of a run and its end leaves a checkpoint and a lease without use. */
  tidy(): void {
    const runs = openRuns(this.options.runsFolder);
    const leased = new Set(highestTokens(leasesFolder(runs.folder)).keys());
    for (const [id, { status }] of this.records.readAll(this.plan.trials)) {
      if (status !== 'done' && status !== 'diverged') continue;
      if (runs.hasCheckpoint(id)) runs.removeCheckpoint(id);
      if (leased.has(id)) removeLeases(leasesFolder(runs.folder), id);
    }
  }

  /**
   * Reads records and leases; returns what can be started now, most promising first.
   *
   * @param isRunning - whether a trial is worked on here
   */
  look(isRunning: (id: string) => boolean): Task[] {
    const { trials, sweep } = this.plan;
    this.states = this.records.readAll(trials);
    for (const [id, reason] of this.unevaluated) {
      const state = this.states.get(id)!;
      if (state.status === 'trained') this.states.set(id, { ...state, reason });
      else this.unevaluated.delete(id); // others have made them
    }
    const epochs = trials[0].experiment.epochs;
    const targets = targetsOf(sweep.search, epochs, trials, this.statesForSearch());
    const wanted = trials
      .map((trial) => ({
        trial,
        target: Math.min(targets.get(trial.configuration)!, trial.experiment.epochs),
      }))
      .filter(({ trial, target }) => !isRunning(trial.id) && this.needsWork(trial, target));
    const leases = this.watcher.lookAll(wanted.map(({ trial }) => trial.id));
    this.elsewhere = new Map([...leases].filter(([, { state }]) => state === 'held'));
    return wanted
      .filter(({ trial }) => !this.elsewhere.has(trial.id))
      .sort((a, b) => (sweep.search.kind === 'halving' ? b.target - a.target : 0))
      .map(({ trial, target }) => {
        const stale = leases.get(trial.id);
        return {
          trial,
          ...(target < trial.experiment.epochs && { until: target }),
          ...(stale && { takeOver: stale.token }),
        };
      });
  }

  /** A failed trial that is tried again is not out of the search. */
  private statesForSearch(): Map<string, TrialState> {
    const states = new Map(this.states);
    for (const trial of this.plan.trials) {
      const state = states.get(trial.id)!;
      if (state.status === 'failed' && this.mayRetry(trial))
        states.set(trial.id, { ...state, status: 'begun' });
    }
    return states;
  }

  private needsWork(trial: PlannedTrial, target: number): boolean {
    if (target === 0 || this.isSettled(trial)) return false;
    const { status, epochs } = this.states.get(trial.id)!;
    // A whole training may have failed after its last epoch, when its weights were written.
    return status === 'trained' || status === 'failed' || epochs < target;
  }

  /** Trials that a sweep gave up are tried again on request only. */
  private mayRetry({ id }: PlannedTrial): boolean {
    const attempts = this.attempts.get(id) ?? 0;
    if (attempts > 0) return attempts < ATTEMPTS;
    return this.options.retryFailed === true || !isGivenUp(this.states.get(id)!);
  }
}
