// States of a sweep's trials, read from the records, the only truth there is.
import { DataError } from '../errors.js';
import { evaluationIdOf } from '../training/evaluate-run.js';
import { isFinal, type RunRecord } from '../records/record.js';
import type { Runs } from '../records/folder.js';
import { listIds } from '../records/ids.js';
import type { PlannedTrial } from './plan.js';

/** State of a trial by its records. */
export interface TrialState {
  /**
   * `missing`: no record. `begun`: stopped on the way, resumable. `failed`: given up. `trained`: done, evaluations are
   * missing. `done` and `diverged`: nothing is left to do. `damaged`: its record cannot be read.
   */
  status: 'missing' | 'begun' | 'failed' | 'trained' | 'done' | 'diverged' | 'damaged';
  /** Epochs completed. */
  epochs: number;
  record?: RunRecord;
  /** Why it failed, diverged, cannot be read, or could not be evaluated. */
  reason?: string;
}

/** What a sweep adds to the reason when it gives a trial up. */
export const givenUpText = (reason: string, attempts: number): string =>
  `${reason} (tried ${attempts} times)`;

/** Whether a sweep gave the trial up; a failure that only the training itself recorded is tried again. */
export const isGivenUp = ({ status, reason = '' }: TrialState): boolean =>
  status === 'damaged' || (status === 'failed' && /\(tried \d+ times\)$/.test(reason));

/** Reads the states of trials again and again; what is final is read once, and believed as long as its records are there. */
export class SweepRecords {
  private readonly final = new Map<string, { state: TrialState; records: string[] }>();

  constructor(private readonly runs: Runs) {}

  /** The state of a trial now. */
  read(trial: PlannedTrial): TrialState {
    return this.readWith(trial, (id) => this.runs.has(id));
  }

  /** The states of all trials, by id. */
  readAll(trials: readonly PlannedTrial[]): Map<string, TrialState> {
    const present = new Set(listIds(this.runs.folder)); // one look at the folder, whatever the number of trials
    return new Map(trials.map((trial) => [trial.id, this.readWith(trial, (id) => present.has(id))]));
  }

  private readWith(trial: PlannedTrial, isThere: (id: string) => boolean): TrialState {
    const known = this.final.get(trial.id);
    if (known?.records.every(isThere)) return known.state;
    const state = this.stateOf(trial);
    const evaluations = state.status === 'done' ? trial.evaluations : [];
    if (state.status === 'done' || state.status === 'diverged')
      this.final.set(trial.id, {
        state,
        records: [trial.id, ...evaluations.map((evaluation) => evaluationIdOf(state.record!, evaluation))],
      });
    else this.final.delete(trial.id);
    return state;
  }

  private stateOf({ id, evaluations }: PlannedTrial): TrialState {
    if (!this.runs.has(id)) return { status: 'missing', epochs: 0 };
    let record: RunRecord;
    try {
      record = this.runs.get(id) as RunRecord;
    } catch (error) {
      if (!(error instanceof DataError)) throw error;
      return { status: 'damaged', epochs: 0, reason: error.message };
    }
    const { status, epoch: epochs, reason } = record.outcome;
    const found = { epochs, record, ...(reason !== undefined && { reason }) };
    if (status === 'diverged') return { status, ...found };
    if (status === 'failed') return { status, ...found };
    if (!isFinal(record)) return { status: 'begun', ...found };
    const missing = evaluations.some((evaluation) => !this.runs.has(evaluationIdOf(record, evaluation)));
    return { status: missing ? 'trained' : 'done', ...found };
  }
}
