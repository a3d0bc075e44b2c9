// The measures by kind, in the order in which they are documented. Adding one: its file in kinds/, and its line here. Kinds,
// checks and results of evaluations all follow from the list.
import { SettingsError } from '../errors.js';
import { alignment } from './kinds/alignment.js';
import { confusion } from './kinds/confusion.js';
import { coverage } from './kinds/coverage.js';
import { energy } from './kinds/energy.js';
import { gradients } from './kinds/gradients.js';
import { noise } from './kinds/noise.js';
import { probe } from './kinds/probe.js';
import { sensitivity } from './kinds/sensitivity.js';
import { spectra } from './kinds/spectra.js';
import { test } from './kinds/test.js';
import type { Measure, ResultRow, Subject } from './measure.js';

export type { Measure, ResultRow, Subject } from './measure.js';

const builtIn = [
  test,
  noise,
  energy,
  probe,
  confusion,
  spectra,
  sensitivity,
  gradients,
  coverage,
  alignment,
] as const;

type SettingsOf<One> = One extends Measure<infer Settings> ? Settings : never;

/** An evaluation of trained weights, by kind: what can be asked. */
export type Evaluation = SettingsOf<(typeof builtIn)[number]>;
/** Kinds of evaluation. */
export type EvaluationKind = Evaluation['kind'];
/** Every {@link EvaluationKind}. */
export const EVALUATION_KINDS: readonly EvaluationKind[] = builtIn.map(({ kind }) => kind);

/** All measures by kind. */
export const measures = Object.fromEntries(builtIn.map((one) => [one.kind, one])) as unknown as Readonly<{
  [Kind in EvaluationKind]: Measure<Extract<Evaluation, { kind: Kind }>>;
}>;

/**
 * Makes the rows of an evaluation.
 *
 * @throws SettingsError when there is no such kind; the signal's reason when aborted
 */
export function resultsOf<Asked extends Evaluation>(
  evaluation: Asked,
  subject: Subject,
): Promise<ResultRow[]> {
  if (!Object.hasOwn(measures, evaluation.kind))
    throw new SettingsError(
      `evaluation: unknown kind in ${JSON.stringify(evaluation)}; choose one of ${Object.keys(measures).join(', ')}`,
    );
  const { measure } = measures[evaluation.kind] as unknown as Measure<Asked>;
  return measure(evaluation, subject);
}
