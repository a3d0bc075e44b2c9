// SGS and LR as a 2 × 2 design: main effects, interaction and single effects on several measures, paired by seed.
import { SettingsError } from '../../errors.js';
import {
  gapOf,
  testAccuracyOf,
  validationAccuracyOf,
  type Measure,
  type SeedGroup,
} from '../../statistics/seeds.js';
import { interval, type Interval } from '../../statistics/interval.js';
import type { Cell } from './cells.js';

/** A contrast of the four cells on one measure, in points. */
export interface Contrast extends Interval {
  surrogate: string;
  measure: string;
  contrast: string;
  /** Ids of the runs of all four cells that it rests on. */
  runs: string[];
}

/** Weights of the cells in the order plain, LR, SGS, both. */
const CONTRASTS: readonly (readonly [name: string, weights: readonly [number, number, number, number]])[] = [
  ['main effect of SGS', [-0.5, -0.5, 0.5, 0.5]],
  ['main effect of LR', [-0.5, 0.5, -0.5, 0.5]],
  ['interaction: SGS with LR minus SGS without', [1, -1, -1, 1]],
  ['SGS without LR', [-1, 0, 1, 0]],
  ['SGS with LR', [0, -1, 0, 1]],
  ['LR without SGS', [-1, 1, 0, 0]],
  ['LR with SGS', [0, 0, -1, 1]],
];

const MEASURES: readonly (readonly [name: string, measure: Measure])[] = [
  ['test accuracy', testAccuracyOf],
  ['validation accuracy', validationAccuracyOf],
  ['training minus test accuracy', gapOf],
];

/**
 * Contrasts of surrogates that have all four cells, over the seeds that all four have. A main effect is the mean of the two
 * single effects within a seed, the interaction their difference; each interval is over seeds. A measure that a run lacks
 * (validation accuracy, where nothing was held out) is left out.
 *
 * @param cells - of one δ and one β besides 0
 * @throws SettingsError when a surrogate has several δ or β besides 0
 */
export function ablationContrasts(cells: readonly SeedGroup<Cell>[]): Contrast[] {
  const surrogates = [...new Set(cells.map(({ key }) => key.surrogate))];
  return surrogates.flatMap((surrogate) => {
    const four = fourCells(surrogate, cells);
    if (four === undefined) return [];
    const seeds = four[0].runs
      .map(({ experiment }) => experiment.seed)
      .filter((seed) => four.every(({ runs }) => runs.some(({ experiment }) => experiment.seed === seed)));
    if (seeds.length === 0) return [];
    const members = seeds.map((seed) =>
      four.map(({ runs }) => runs.find(({ experiment }) => experiment.seed === seed)!),
    );
    return MEASURES.flatMap(([measure, of]) => {
      const values = members.map((runs) => runs.map(of)); // [seed][cell]
      if (values.flat().some((value) => Number.isNaN(value))) return [];
      return CONTRASTS.map(([contrast, weights]) => ({
        surrogate,
        measure,
        contrast,
        runs: members.flat().map(({ id }) => id),
        ...interval(values.map((row) => row.reduce((sum, value, i) => sum + weights[i] * value, 0))),
      }));
    });
  });
}

/** Plain, LR, SGS and both of a surrogate; undefined where one is missing. */
function fourCells(surrogate: string, cells: readonly SeedGroup<Cell>[]): SeedGroup<Cell>[] | undefined {
  const own = cells.filter(({ key }) => key.surrogate === surrogate);
  for (const strength of ['delta', 'beta'] as const) {
    const values = [...new Set(own.map(({ key }) => key[strength]))].filter((value) => value > 0);
    if (values.length > 1)
      throw new SettingsError(
        `ablationContrasts: ${surrogate} has ${strength} = ${values.join(', ')}; give cells with one of them, and 0`,
      );
  }
  const four = [
    [false, false],
    [false, true],
    [true, false],
    [true, true],
  ].map(([sgs, lr]) => own.find(({ key }) => key.delta > 0 === sgs && key.beta > 0 === lr));
  return four.every((cell) => cell !== undefined) ? (four as SeedGroup<Cell>[]) : undefined;
}
