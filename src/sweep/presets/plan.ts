// The form of a preset: one main data set, and the trainings that studies ask for, with the evaluations of each. Tests:
// test/sweep/presets/presets.test.ts.
import type { DataSettings } from '../../data/settings.js';
import type { Experiment, ExperimentInput } from '../../experiment/experiment.js';
import type { Evaluation } from '../../measures/index.js';
import type { SurrogateName } from '../../surrogates/index.js';

/** A training that a study asks for, before its settings are completed. */
export interface PlannedTrial {
  /** Without `data`: on the preset's main data set. */
  settings: ExperimentInput;
  evaluations: Evaluation[];
}

/** Common settings of a preset's trainings. */
export interface Preset {
  /** The main data set: `--data` replaces it. */
  data: Partial<DataSettings> & Pick<DataSettings, 'name'>;
  /** The preset whose trainings studies mean where they name none for this one. */
  like?: 'desk';
  /** Of the main data set, where a part of what may be found is meant; see `loadDataset`. */
  fingerprint?: string;
}

/** Settings in which the trainings of a sweep differ. */
export interface Variant {
  seed: number;
  delta?: number;
  beta?: number;
  surrogate?: SurrogateName;
  steps?: number;
}

/** Settings of a variant of a base experiment, with a name that says what was chosen. */
export function variant(
  base: ExperimentInput,
  { seed, delta, beta, surrogate, steps }: Variant,
): ExperimentInput {
  const words = [
    surrogate,
    delta === undefined ? undefined : `delta = ${delta}`,
    beta === undefined ? undefined : `beta = ${beta}`,
    steps === undefined ? undefined : `T = ${steps}`,
    `seed ${seed}`,
  ];
  return {
    ...base,
    name: words.filter((word) => word !== undefined).join(', '),
    seed,
    neuron: {
      ...(delta === undefined ? {} : { delta }),
      ...(surrogate === undefined ? {} : { surrogate: { name: surrogate } }),
    },
    ...(beta === undefined ? {} : { lipschitz: { beta } }),
    ...(steps === undefined ? {} : { steps }),
  };
}

/** Every combination of the values of some axes, the first axis outermost. */
export function combinations<Axes extends Record<string, readonly unknown[]>>(
  axes: Axes,
): { [Name in keyof Axes]: Axes[Name][number] }[] {
  return Object.entries(axes).reduce<Record<string, unknown>[]>(
    (found, [name, values]) => found.flatMap((given) => values.map((value) => ({ ...given, [name]: value }))),
    [{}],
  ) as { [Name in keyof Axes]: Axes[Name][number] }[];
}

/** Values of what the trainings of a sweep differ in. */
export type VariantAxes = { [Name in keyof Variant]: readonly NonNullable<Variant[Name]>[] };

/**
 * A trial for every combination of the values of some axes, the first axis outermost.
 *
 * @param evaluations - of each trial, or what they are for what was chosen
 */
export const sweepTrials = (
  base: ExperimentInput,
  axes: VariantAxes,
  evaluations: Evaluation[] | ((chosen: Variant) => Evaluation[]),
): PlannedTrial[] =>
  (combinations(axes) as unknown as Variant[]).map((chosen) => ({
    settings: variant(base, chosen),
    evaluations: typeof evaluations === 'function' ? evaluations(chosen) : evaluations,
  }));

/** Evaluations that several studies read. */
export const EVALUATIONS = {
  energy: { kind: 'energy' },
  probe: { kind: 'probe' },
  confusion: { kind: 'confusion' },
  spectra: { kind: 'spectra' },
  sensitivity: { kind: 'sensitivity', sizes: [0.003, 0.01, 0.03, 0.1, 0.3], seed: 0 },
  gradients: { kind: 'gradients', deltas: [1e-4, 1e-3, 1e-2, 0.1, 1] },
} satisfies Record<string, Evaluation>;

/** The noise levels of the paper's Fig. 7: ten from 0.02 to 0.10. */
export const FIGURE_7_LEVELS: readonly number[] = Array.from(
  { length: 10 },
  (_, i) => Math.round((0.02 + (0.08 * i) / 9) * 1e6) / 1e6,
);

/** A training of a preset, with the evaluations that are made of it. */
export interface Trial {
  /** The studies that look at it: their stems, joined by `+`. */
  group: string;
  experiment: Experiment;
  evaluations: Evaluation[];
  /** Of the data that is meant, where that is a part of what may be found; see `loadDataset`. */
  fingerprint?: string;
}
