// A study: what one notebook asks of the paper, with the trainings it needs and what it gives.
// Tests: test/studies/index.test.ts.
import type { PlannedTrial } from '../sweep/presets/plan.js';
import type { PresetName } from '../sweep/presets/presets.js';
import type { ResultTable } from './result-table.js';

/** Declaration of a study; its computations stand in the other files of its folder. */
export interface Study {
  /**
   * Its name everywhere: the notebook `notebooks/<stem>.ipynb`, this folder, the folder of its figures, the group of its trials
   * (`--only <stem>`). Lower-case words joined by hyphens.
   */
  stem: string;
  /** Heading of its part of the report. */
  title: string;
  /**
   * Trainings that its notebook reads, by preset, in the order in which they are made; a preset that is not named has none
   * for it. What another study asks for as well is trained once.
   */
  trials?: Partial<Record<PresetName, readonly PlannedTrial[]>>;
  /**
   * Figures that its notebook saves, in its order and without the notebook's stem, each with its numbers where it has any. One
   * that is made for several networks or data sets has their names behind its own: `accuracy`, `accuracy-resnet19-0-25`.
   */
  figures: readonly string[];
  /** Tables that its notebook saves without a figure, named likewise. */
  tables: readonly string[];
  /** Numbers of its figures and tables that `RESULTS.md` prints. */
  results?: readonly ResultTable[];
  /**
   * Claims of the paper that it answers in the report's summary: `argued` ones stand in the order of the studies, `counted`
   * ones (parameters, operations: nothing is trained for them) after all of these.
   */
  claims?: 'argued' | 'counted';
}

/** The study's figure or table that an output is, by its name: for `accuracy-resnet19-0-25` it is `accuracy`. */
export const declaredName = (
  { figures, tables }: Pick<Study, 'figures' | 'tables'>,
  name: string,
): string | undefined =>
  [...figures, ...tables]
    .filter((declared) => name === declared || name.startsWith(`${declared}-`))
    .sort((a, b) => b.length - a.length)[0];
