// Works on the trials of a sweep on this machine, each in a process of its own, until every record is there. Any number
// of executors may work on the same folder: what they decide follows from records and leases only.
import { DataError } from '../errors.js';
import { highestTokens, leasesFolder, removeLeases } from '../records/lease/file.js';
import { LeaseWatcher, ownerText, type LeaseView } from '../records/lease/lease.js';
import { openRuns } from '../records/folder.js';
import { recordFailure } from './failed.js';
import { failureOf, type ProcessEnd } from './failure.js';
import { targetsOf } from './halving.js';
import { EXIT, type TrialMessage } from './messages.js';
import type { PlannedTrial, SweepPlan } from './plan.js';
import { startTrial, type TrialProcess, type TrialProcessOptions } from './process.js';
import { givenUpText, isGivenUp, SweepRecords, type TrialState } from './state.js';
import { TaskFolder } from './task-folder.js';

/** How a sweep is worked on. */
export interface ExecutorOptions extends Pick<
  TrialProcessOptions,
  'runsFolder' | 'threads' | 'engine' | 'backend' | 'dataDir' | 'leaseSeconds' | 'checkpointSeconds'
> {
  /** Trials at the same time. */
  jobs: number;
  /** Try again what is recorded as failed. Default false. */
  retryFailed?: boolean;
  /** Stops at the next safe points; what was done can be resumed. */
  signal?: AbortSignal;
  /** Told whenever something has changed, and every second or so. */
  onChange?(executor: Executor): void;
  /** Told in one line of what a reader should know: a retry, a failure, a trial that another machine works on. */
  onNote?(line: string): void;
}

/** A trial that runs now. */
export interface RunningTrial {
  trial: PlannedTrial;
  process: TrialProcess;
  /** What it said last. */
  message?: TrialMessage;
  /** Monotonic, milliseconds. */
  startedAt: number;
}

/** A trial that crashes is tried so often. */
const ATTEMPTS = 2;
/** How often others' work is looked at while there is nothing to start, milliseconds. */
const LOOK_MS = 1000;

/** Something that can be started now. */
interface Task {
  trial: PlannedTrial;
  until?: number;
  takeOver?: number;
}

/** See the head of the file. */
export class Executor {
  readonly running = new Map<string, RunningTrial>();
  /** Trials that other processes work on, by id. */
  elsewhere = new Map<string, LeaseView>();
  states = new Map<string, TrialState>();
  /** Why the evaluations of trained runs were given up, by id: in this run of the sweep only, no record says it. */
  readonly unevaluated = new Map<string, string>();
  /** How many trials run at the same time; lowered when memory does not suffice. */
  jobs: number;
  private readonly records: SweepRecords;
  private readonly watcher: LeaseWatcher;
  private readonly attempts = new Map<string, number>();
  private readonly tasks = new TaskFolder();
  private readonly noted = new Set<string>();
  private blocked?: Error;
  private wake: () => void = () => undefined;

  constructor(
    readonly plan: SweepPlan,
    private readonly options: ExecutorOptions,
  ) {
    this.jobs = options.jobs;
    this.records = new SweepRecords(openRuns(options.runsFolder));
    this.watcher = new LeaseWatcher(options.runsFolder);
  }

  /**
   * Works until nothing is left to do, or the signal aborts.
   *
   * @throws DataError when the folder takes no more (a full or read-only disk): everything can be resumed
   */
  async run(): Promise<void> {
    const { signal } = this.options;
    const stop = (): void => {
      for (const { process } of this.running.values()) process.stop();
      this.wake();
    };
    const kill = (): void => this.killAll();
    signal?.addEventListener('abort', stop);
    process.once('exit', kill);
    const finished: Promise<void>[] = [];
    try {
      openRuns(this.options.runsFolder).checkWritable();
      this.tidy();
      for (;;) {
        const open = this.look();
        const stopping = signal?.aborted || this.blocked;
        if (!stopping)
          for (const task of open.slice(0, Math.max(0, this.jobs - this.running.size)))
            finished.push(this.start(task));
        this.options.onChange?.(this);
        if (this.running.size === 0 && (stopping || (open.length === 0 && this.elsewhere.size === 0))) break;
        await this.pause();
      }
      await Promise.all(finished);
      if (this.blocked) throw this.blocked;
    } finally {
      signal?.removeEventListener('abort', stop);
      process.removeListener('exit', kill);
      this.killAll();
      this.tasks.remove();
    }
  }

  /** Whether nothing is left to do of a trial in this run of the sweep. */
  isSettled(trial: PlannedTrial): boolean {
    const state = this.states.get(trial.id)!;
    if (state.status === 'failed') return !this.mayRetry(trial);
    if (state.status === 'trained') return this.unevaluated.has(trial.id);
    return state.status === 'done' || state.status === 'diverged' || state.status === 'damaged';
  }

  /** Whoever was killed between the record of a run and its end has left a checkpoint and a lease that nobody needs. */
  private tidy(): void {
    const runs = openRuns(this.options.runsFolder);
    const leased = new Set(highestTokens(leasesFolder(runs.folder)).keys());
    for (const [id, { status }] of this.records.readAll(this.plan.trials)) {
      if (status !== 'done' && status !== 'diverged') continue;
      if (runs.hasCheckpoint(id)) runs.removeCheckpoint(id);
      if (leased.has(id)) removeLeases(leasesFolder(runs.folder), id);
    }
  }

  /** Reads records and leases; returns what can be started now, most promising first. */
  private look(): Task[] {
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
      .filter(({ trial, target }) => !this.running.has(trial.id) && this.needsWork(trial, target));
    const leases = this.watcher.lookAll(wanted.map(({ trial }) => trial.id));
    this.elsewhere = new Map([...leases].filter(([, { state }]) => state === 'held'));
    for (const [id, view] of this.elsewhere)
      this.note(`elsewhere ${id} ${view.token}`, `${id}: ${ownerText(view)} works on it`);
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

  /** What a sweep gave up is tried again on request only. */
  private mayRetry({ id }: PlannedTrial): boolean {
    const attempts = this.attempts.get(id) ?? 0;
    if (attempts > 0) return attempts < ATTEMPTS;
    return this.options.retryFailed === true || !isGivenUp(this.states.get(id)!);
  }

  /** Starts a trial and sees it to its end. Never fails: what goes wrong ends the sweep. */
  private async start(task: Task): Promise<void> {
    try {
      await this.work(task);
    } catch (error) {
      this.block(error as Error);
    }
    this.running.delete(task.trial.id);
    this.wake();
  }

  private async work({ trial, ...how }: Task): Promise<void> {
    const file = this.tasks.write(trial);
    const { runsFolder, threads, engine, backend, dataDir, leaseSeconds, checkpointSeconds } = this.options;
    const started = startTrial(file, {
      ...{
        runsFolder,
        threads,
        engine,
        backend,
        dataDir,
        leaseSeconds,
        checkpointSeconds,
        noWait: true,
        ...how,
      },
      onMessage: (message) => {
        entry.message = message;
      },
    });
    const entry: RunningTrial = { trial, process: started, startedAt: performance.now() };
    this.running.set(trial.id, entry);
    await this.ended(trial, await started.ended);
  }

  /** Nothing more is begun; what runs saves its state, and the error is thrown in the end. */
  private block(error: Error): void {
    this.blocked ??= error;
    for (const { process } of this.running.values()) process.stop();
  }

  private async ended(trial: PlannedTrial, end: ProcessEnd): Promise<void> {
    if (end.code === EXIT.done || end.code === EXIT.diverged) return void this.attempts.delete(trial.id);
    if (end.code === EXIT.busy) return; // its lease will be looked at
    if (this.options.signal?.aborted || this.blocked) return; // stopped on request
    const { kind, reason } = failureOf(end);
    if (kind === 'folder')
      return this.block(
        new DataError(
          this.options.runsFolder,
          `nothing more can be kept: ${reason}`,
          'then run the sweep again: it goes on where it stopped',
        ),
      );
    const attempt = (this.attempts.get(trial.id) ?? 0) + 1;
    this.attempts.set(trial.id, attempt);
    if (kind === 'memory' && this.jobs > 1) {
      this.jobs -= 1;
      this.options.onNote?.(`out of memory: from now on ${this.jobs} at a time`);
    }
    const who = `${trial.id} (${trial.experiment.name})`;
    if (attempt < ATTEMPTS) return void this.options.onNote?.(`${who}: ${reason}; trying once more`);
    const twice = givenUpText(reason, attempt);
    const came = await recordFailure(this.options.runsFolder, trial, twice, end.stderr);
    if (came === 'recorded') this.options.onNote?.(`${who} failed: ${twice}`);
    if (came !== 'finished' || this.records.read(trial).status !== 'trained') return;
    this.unevaluated.set(trial.id, twice);
    this.options.onNote?.(`${who} is trained and could not be evaluated: ${twice}`);
  }

  private note(key: string, line: string): void {
    if (this.noted.has(key)) return;
    this.noted.add(key);
    this.options.onNote?.(line);
  }

  /** Until a process ends, the signal aborts, or it is time to look again. */
  private pause(): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, LOOK_MS);
      this.wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  private killAll(): void {
    for (const { process } of this.running.values()) process.kill();
  }
}
