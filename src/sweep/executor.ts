// Works on the trials of a sweep on this machine, each in a process of its own, until every record is there. Any number
// of executors may work on the same folder: what they decide follows from records and leases only.
import { DataError } from '../errors.js';
import { openRuns } from '../records/folder.js';
import { ownerText, type LeaseView } from '../records/lease/lease.js';
import { Agenda, ATTEMPTS, type Task } from './agenda.js';
import { recordFailure } from './failed.js';
import { failureOf, type ProcessEnd } from './failure.js';
import { EXIT, type TrialMessage } from './messages.js';
import type { PlannedTrial, SweepPlan } from './plan.js';
import { startTrial, type TrialProcess, type TrialProcessOptions } from './process.js';
import { givenUpText, type TrialState } from './state.js';
import { TaskFolder } from './task-folder.js';

/** Options of an executor. */
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
  /** Called at every change, and every second or so. */
  onChange?(executor: Executor): void;
  /** Called with one line that a reader should know: a retry, a failure, a trial that another machine works on. */
  onNote?(line: string): void;
}

/** Share of a training that is done at a moment, monotonic, milliseconds. */
export interface Heard {
  done: number;
  at: number;
}

/** A trial that runs now. */
export interface RunningTrial {
  trial: PlannedTrial;
  process: TrialProcess;
  /** Its last words. */
  message?: TrialMessage;
  /** The first and the last progress that it told, by which its pace is known. */
  heard?: { first: Heard; last: Heard };
  /** Monotonic, milliseconds. */
  startedAt: number;
}

/** Interval of looks at others' work while there is nothing to start, milliseconds. */
const LOOK_MS = 1000;

/** See the head of the file. */
export class Executor {
  readonly running = new Map<string, RunningTrial>();
  /** Number of trials at the same time; lowered when memory does not suffice. */
  jobs: number;
  private readonly agenda: Agenda;
  private readonly tasks = new TaskFolder();
  private readonly noted = new Set<string>();
  private blocked?: Error;
  private wake: () => void = () => undefined;

  constructor(
    readonly plan: SweepPlan,
    private readonly options: ExecutorOptions,
  ) {
    this.jobs = options.jobs;
    this.agenda = new Agenda(plan, options);
  }

  /** Where each trial stands, by id. */
  get states(): ReadonlyMap<string, TrialState> {
    return this.agenda.states;
  }

  /** Trials that other processes work on, by id. */
  get elsewhere(): ReadonlyMap<string, LeaseView> {
    return this.agenda.elsewhere;
  }

  /** Why the evaluations of trained runs were given up, by id: in this run of the sweep only, no record says it. */
  get unevaluated(): ReadonlyMap<string, string> {
    return this.agenda.unevaluated;
  }

  /** Whether nothing is left to do of a trial in this run of the sweep. */
  isSettled(trial: PlannedTrial): boolean {
    return this.agenda.isSettled(trial);
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
      this.agenda.tidy();
      for (;;) {
        const open = this.agenda.look((id) => this.running.has(id));
        for (const [id, view] of this.elsewhere)
          this.note(`elsewhere ${id} ${view.token}`, `${id}: ${ownerText(view)} works on it`);
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
        if (message.kind !== 'progress') return;
        const last = { done: message.done, at: performance.now() };
        entry.heard = { first: entry.heard?.first ?? last, last };
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
    if (end.code === EXIT.done || end.code === EXIT.diverged) return this.agenda.succeeded(trial);
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
    const attempt = this.agenda.attempted(trial);
    if (kind === 'memory' && this.jobs > 1) {
      this.jobs -= 1;
      this.options.onNote?.(`out of memory: from now on ${this.jobs} at a time`);
    }
    const trialName = `${trial.id} (${trial.experiment.name})`;
    if (attempt < ATTEMPTS) return this.options.onNote?.(`${trialName}: ${reason}; trying once more`);
    const twice = givenUpText(reason, attempt);
    const came = await recordFailure(this.options.runsFolder, trial, twice, end.stderr);
    if (came === 'recorded') this.options.onNote?.(`${trialName} failed: ${twice}`);
    if (came !== 'finished' || !this.agenda.giveUpEvaluations(trial, twice)) return;
    this.options.onNote?.(`${trialName} is trained and could not be evaluated: ${twice}`);
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
