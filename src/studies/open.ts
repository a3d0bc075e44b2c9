// Opens a study for a notebook: its parts, each of which `show` shows. Tests: test/studies/views.test.ts.
import { didYouMean } from '../did-you-mean.js';
import { SettingsError } from '../errors.js';
import { view as architecture } from './architecture/view.js';
import { view as comparison } from './comparison/view.js';
import { studyContext, type StudyContext, type StudyOptions } from './context.js';
import { view as energy } from './energy/view.js';
import { view as events } from './events/view.js';
import { view as flagship } from './flagship/view.js';
import { view as firstResults } from './first-results/view.js';
import { view as latency } from './latency/view.js';
import { view as lipschitzSweep } from './lipschitz-sweep/view.js';
import { view as methods } from './methods/view.js';
import { view as neuronAndSurrogates } from './neuron-and-surrogates/view.js';
import { view as noiseRobustness } from './noise-robustness/view.js';
import { view as sgsAblation } from './sgs-ablation/view.js';
import { view as sweepAnalysis } from './sweep-analysis/view.js';
import { view as trainingSetSize } from './training-set-size/view.js';

const VIEWS = {
  architecture,
  comparison,
  energy,
  events,
  flagship,
  'first-results': firstResults,
  latency,
  'lipschitz-sweep': lipschitzSweep,
  methods,
  'neuron-and-surrogates': neuronAndSurrogates,
  'noise-robustness': noiseRobustness,
  'sgs-ablation': sgsAblation,
  'sweep-analysis': sweepAnalysis,
  'training-set-size': trainingSetSize,
} as const;

/** A study that can be opened. */
export type StudyName = keyof typeof VIEWS;
/** Their names. */
export const STUDY_NAMES = Object.keys(VIEWS) as StudyName[];

/** The parts of a study. */
export type StudyView<Name extends StudyName> = Awaited<ReturnType<(typeof VIEWS)[Name]>>;

/** What a study takes besides whose records it shows: the second parameter of its view, where it has one. */
type OwnSettings<Name extends StudyName> =
  Parameters<(typeof VIEWS)[Name]> extends [unknown, (infer Own)?] ? Own : unknown;

/** Settings of opening a study. */
export type OpenOptions<Name extends StudyName> = Omit<StudyOptions, keyof OwnSettings<Name>> &
  OwnSettings<Name>;

/**
 * Opens a study on the records of a preset.
 *
 * @param name - the notebook's
 * @param options - `preset`: whose records, default `desk`; `data`: the same trainings on another data set; some studies take more
 * @returns its parts: `show(study.accuracy)` draws, tabulates and saves; `study.accuracy.rows` is an arquero table,
 *   `study.accuracy.figure` Plotly JSON
 * @throws SettingsError for a name that is none
 */
export async function openStudy<Name extends StudyName>(
  name: Name,
  options: OpenOptions<Name> = {} as OpenOptions<Name>,
): Promise<StudyView<Name>> {
  if (!Object.hasOwn(VIEWS, name)) {
    throw new SettingsError(
      `no study is named ${JSON.stringify(name)}${didYouMean(String(name), STUDY_NAMES)}; there are ${STUDY_NAMES.join(', ')}`,
    );
  }
  const { preset, data } = options as StudyOptions;
  const view: (context: StudyContext, settings: object) => unknown = VIEWS[name];
  return (await view(studyContext(name, { preset: preset ?? undefined, data }), options)) as StudyView<Name>;
}
