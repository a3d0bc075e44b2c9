// The trainings of a preset as a plan that the sweep's executor, or a cluster, works on.
import type { Runs } from '../../records/folder.js';
import { configurationOf } from '../expand.js';
import { planTrials, type PlanOptions, type SweepPlan } from '../plan.js';
import type { Trial } from './plan.js';
import { recordsOf } from './found.js';

/**
 * The trials that lack a record of theirs. The others need no data: what is committed can be shown without it. Where an
 * engine is asked for, all: the records may be another engine's.
 */
export function openTrials(trials: readonly Trial[], runs: Runs, engine: string = 'auto'): Trial[] {
  if (engine !== 'auto') return [...trials];
  const { missing, missingEvaluations } = recordsOf(runs, trials);
  const names = new Set(missingEvaluations.map(({ run }) => run.experiment.name));
  return trials.filter((trial) => missing.includes(trial) || names.has(trial.experiment.name));
}

/**
 * Plans trials of a preset: a list, of which no configuration leads.
 *
 * @param name - of the preset
 * @throws as `planTrials`
 */
export async function presetPlan(
  name: string,
  trials: readonly Trial[],
  options: PlanOptions,
): Promise<SweepPlan> {
  const listed = trials.map(({ experiment, evaluations, fingerprint }, index) => ({
    index,
    axes: {},
    configuration: configurationOf(experiment),
    experiment,
    evaluations,
    ...(fingerprint !== undefined && { fingerprint }),
  }));
  const evaluations = trials.flatMap((trial) => trial.evaluations);
  return {
    sweep: { name, search: { kind: 'list' }, evaluations },
    trials: listed.length === 0 ? [] : await planTrials(listed, options),
    leftOut: 0,
  };
}
