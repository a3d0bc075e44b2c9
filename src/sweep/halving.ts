// Decides how far each trial of a sweep is to be trained: to the end, or under successive halving as far as its validation
// accuracy has earned. A pure function of the records, so that any number of processes, and a restart, decide alike.
import type { PlannedTrial, SweepPlan } from './plan.js';
import type { HalvingSearch } from './spec.js';
import type { TrialState } from './state.js';

/** Configurations as halving sees them. */
interface Candidate {
  configuration: string;
  /** The least epochs that any of its seeds has completed; Infinity where one ended for good without them. */
  reached: number;
  /** The most epochs that any of its seeds has completed. */
  begun: number;
  trials: TrialState[];
  /** Whether a seed diverged or failed: it is out. */
  out: boolean;
}

/**
 * The epochs that each configuration is to be trained to now, by configuration; 0 for one that is out.
 *
 * @param epochs - of the whole training
 */
export function targetsOf(
  search: SweepPlan['sweep']['search'],
  epochs: number,
  trials: readonly PlannedTrial[],
  states: ReadonlyMap<string, TrialState>,
): Map<string, number> {
  const configurations = [...new Set(trials.map(({ configuration }) => configuration))];
  if (search.kind !== 'halving') return new Map(configurations.map((name) => [name, Infinity]));
  const candidates = new Map<string, Candidate>();
  for (const { id, configuration } of trials) {
    const state = states.get(id)!;
    const known = candidates.get(configuration);
    const out = state.status === 'diverged' || state.status === 'failed' || state.status === 'damaged';
    candidates.set(configuration, {
      configuration,
      reached: Math.min(known?.reached ?? Infinity, out ? Infinity : state.epochs),
      begun: Math.max(known?.begun ?? 0, state.epochs),
      trials: [...(known?.trials ?? []), state],
      out: out || (known?.out ?? false),
    });
  }
  return climb(search, epochs, [...candidates.values()]);
}

/** Rung by rung: the trials that may go on to the next. */
function climb(
  { rungs, reduction, synchronous }: HalvingSearch,
  epochs: number,
  candidates: readonly Candidate[],
): Map<string, number> {
  const steps = [...rungs, epochs];
  const targets = new Map(candidates.map(({ configuration, out }) => [configuration, out ? 0 : steps[0]]));
  let due = candidates;
  let complete = true;
  for (const [i, rung] of rungs.entries()) {
    const there = due.filter(({ reached, out }) => out || reached >= rung);
    complete &&= there.length === due.length;
    const share = Math.floor(there.length / reduction);
    const places = complete ? Math.max(1, share) : synchronous ? 0 : share;
    const best = new Set(
      there
        .filter(({ out }) => !out)
        .map((candidate) => ({ candidate, score: scoreAt(candidate, rung) }))
        .sort((a, b) => b.score - a.score) // stable: of equals, the one that stands first in the sweep
        .slice(0, places)
        .map(({ candidate }) => candidate),
    );
    // What was begun beyond a rung is finished to the next, also when others have overtaken it since.
    const promoted = due.filter(
      (candidate) => best.has(candidate) || (candidate.begun > rung && !candidate.out),
    );
    for (const { configuration } of promoted) targets.set(configuration, steps[i + 1]);
    due = promoted;
  }
  return targets;
}

/** Mean validation accuracy over the seeds after an epoch. */
const scoreAt = ({ trials }: Candidate, epoch: number): number =>
  trials.reduce((sum, { record }) => sum + (record?.rows[epoch - 1]?.validationAccuracy ?? 0), 0) /
  trials.length;
