// The trainings of the methods: each in preset `equal`, and in `own` where the authors' recipe costs no more steps than ours.
import { experiment, type Experiment, type ExperimentInput } from '../../experiment/experiment.js';
import { canonicalJson } from '../../hash.js';
import type { Evaluation } from '../../measures/index.js';
import { composeMethods } from '../../methods/compose.js';
import { type Method, type MethodPreset, methods } from '../../methods/index.js';
import type { RunRecord } from '../../records/record.js';
import { EVALUATIONS, type PlannedTrial } from '../../sweep/presets/plan.js';

/** The method that all others are compared with, seed by seed. */
export const BASELINE = 'baseline';
/** The paper's. */
export const PAPER_METHOD = 'sgsLr';
/** Time steps of preset `equal`: a recipe of more steps does not fit beside it. */
const STEPS = 2;

/** A method in one of its presets. */
export interface MethodCase {
  method: Method;
  as: MethodPreset;
}

/** Settings of a case: its recipe, but for as many epochs and in batches of the size of ours. */
function settingsOf({ method, as }: MethodCase, base: ExperimentInput, seed: number): ExperimentInput {
  const { epochs: _, batchSize: __, ...settings } = composeMethods(base, [method.name], as);
  const { epochs, batchSize } = base;
  return { ...settings, ...(epochs && { epochs }), ...(batchSize && { batchSize }), seed };
}

/** Identity of a training but for its seed, its data and its name. */
const keyOf = ({ name: _, seed: __, data: ___, ...rest }: Experiment): string => canonicalJson(rest);

/** Whether its recipe fits beside ours, and is another training than `equal` is. */
function hasOwn(method: Method): boolean {
  if (method.own === undefined || (method.own.steps ?? STEPS) > STEPS) return false;
  const [own, equal] = (['own', 'equal'] as const).map((as) =>
    keyOf(experiment(settingsOf({ method, as }, {}, 0))),
  );
  return own !== equal;
}

/** Every method as `equal`, then those whose recipe fits as `own`. */
export const METHOD_CASES: readonly MethodCase[] = [
  ...methods.map((method) => ({ method, as: 'equal' as const })),
  ...methods.filter(hasOwn).map((method) => ({ method, as: 'own' as const })),
];

/**
 * Questions to the weights of the first seed: the direction of the gradient, and how many weights it reaches. The direction on 400
 * images: on 100 the cosine follows the images (of one training 0.32, on 400 of the same 0.75).
 */
const OF_GRADIENTS: readonly Evaluation[] = [
  { kind: 'alignment', epsilons: [0.1], seed: 0, limit: 400 },
  { kind: 'coverage' },
];

/** The trials, seed by seed, so that all methods have a seed before any has the next. */
export const methodTrials = (base: ExperimentInput, seeds: readonly number[]): PlannedTrial[] =>
  seeds.flatMap((seed, i) =>
    METHOD_CASES.map((one) => ({
      settings: { ...settingsOf(one, base, seed), name: `${one.method.name}, ${one.as}, seed ${seed}` },
      evaluations: [EVALUATIONS.energy, ...(i === 0 ? OF_GRADIENTS : [])],
    })),
  );

/** A case with its trainings, by seed. */
export interface TrainedCase extends MethodCase {
  runs: RunRecord[];
  /** Seeds whose training diverged: in no number, but a method that has one is below those that have none. */
  diverged: readonly number[];
}

/** The trainings of each case among some of one data set; a training may be that of two cases. */
export function trainedCases(
  base: ExperimentInput,
  runs: readonly RunRecord[],
  diverged: readonly { experiment: Experiment }[] = [],
): TrainedCase[] {
  const [trained, broken] = [byKey(runs), byKey(diverged)];
  return METHOD_CASES.map((one) => {
    const key = keyOf(experiment(settingsOf(one, base, 0)));
    const seeds = (broken.get(key) ?? []).map((each) => each.experiment.seed);
    return { ...one, runs: trained.get(key) ?? [], diverged: seeds };
  });
}

/** Trainings that differ in their seed alone, by seed. */
function byKey<Of extends { experiment: Experiment }>(all: readonly Of[]): Map<string, Of[]> {
  const found = new Map<string, Of[]>();
  for (const each of [...all].sort((a, b) => a.experiment.seed - b.experiment.seed)) {
    const key = keyOf(each.experiment);
    found.set(key, [...(found.get(key) ?? []), each]);
  }
  return found;
}
