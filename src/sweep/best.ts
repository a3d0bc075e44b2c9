// The best configuration of a sweep so far, by validation accuracy and nothing else.
import type { Json } from '../json.js';
import type { PlannedTrial } from './plan.js';
import type { TrialState } from './state.js';

/** A configuration that leads. */
export interface Best {
  configuration: string;
  /** Its axis values, without the seed. */
  axes: Record<string, Json>;
  /** Mean over its seeds after `epoch`, a share in [0, 1]. */
  validationAccuracy: number;
  /** The epoch at which configurations are compared: the last that any has completed with all its seeds. */
  epoch: number;
  /** Number of seeds behind the mean, and of configurations that have got as far. */
  seeds: number;
  among: number;
}

/**
 * The leading configuration among those that have completed most epochs with all their seeds; undefined before any has,
 * and where there is no validation part to judge by. Test accuracy is not looked at.
 */
export function bestSoFar(
  trials: readonly PlannedTrial[],
  states: ReadonlyMap<string, TrialState>,
): Best | undefined {
  const groups = new Map<string, PlannedTrial[]>();
  for (const trial of trials)
    groups.set(trial.configuration, [...(groups.get(trial.configuration) ?? []), trial]);
  const reached = [...groups].map(([configuration, members]) => ({
    configuration,
    members,
    epoch: Math.min(...members.map(({ id }) => epochsOf(states.get(id)))),
  }));
  const epoch = Math.max(0, ...reached.map((each) => each.epoch));
  if (epoch === 0) return undefined;
  const scored = reached
    .filter((each) => each.epoch === epoch)
    .map(({ configuration, members }) => ({
      configuration,
      members,
      values: members.map(({ id }) => states.get(id)?.record?.rows[epoch - 1]?.validationAccuracy),
    }))
    .filter(({ values }) => values.every((value) => value !== undefined));
  if (scored.length === 0) return undefined;
  const mean = (values: (number | undefined)[]): number =>
    values.reduce<number>((sum, value) => sum + (value ?? 0), 0) / values.length;
  const best = scored.reduce((found, each) => (mean(each.values) > mean(found.values) ? each : found));
  const { seed: _seed, ...axes } = best.members[0].axes;
  return {
    configuration: best.configuration,
    axes,
    validationAccuracy: mean(best.values),
    epoch,
    seeds: best.members.length,
    among: scored.length,
  };
}

/** Epochs that count: a run that diverged or failed does not lead. */
const epochsOf = (state: TrialState | undefined): number =>
  state === undefined || ['diverged', 'failed', 'damaged'].includes(state.status) ? 0 : state.epochs;
