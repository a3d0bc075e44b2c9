// Effects of SGS and LR on test accuracy, paired by seed, with their intervals.
import { intervalBars } from '../../figures/effect-points.js';
import { axis, theme, type Figure, type Trace } from '../../figures/theme.js';
import { pairedBySeed, type SeedGroup } from '../../statistics/seeds.js';
import type { Interval } from '../../statistics/interval.js';
import { intervalWords } from '../../statistics/few.js';
import { points } from '../../figures/traces.js';
import { cellStyle, type Cell } from './cells.js';
import { trainingNote, trainingSetting } from '../../figures/training-note.js';

/** An effect on test accuracy in points, paired by seed. */
export interface Effect extends Interval {
  effect: string;
  surrogate: string;
  /** The method that was switched on. */
  of: 'SGS' | 'LR';
  /** Network and training data. */
  setting: string;
  /** Ids of the runs with and without. */
  runs: string[];
}

/** The effects of SGS (δ against 0, at each β) and of LR (β against 0, at each δ). */
export function ablationEffects(cells: readonly SeedGroup<Cell>[]): Effect[] {
  const effects: Effect[] = [];
  const add = (
    { of, effect }: Pick<Effect, 'of' | 'effect'>,
    treated: SeedGroup<Cell>,
    baseline: SeedGroup<Cell> | undefined,
  ): void => {
    const difference = baseline && pairedBySeed(treated.runs, baseline.runs);
    if (!difference) return;
    const runs = [...treated.runs, ...baseline.runs];
    effects.push({
      effect,
      surrogate: treated.key.surrogate,
      of,
      setting: trainingSetting(runs),
      runs: runs.map(({ id }) => id),
      ...difference,
    });
  };
  for (const cell of cells) {
    const { surrogate, delta, beta } = cell.key;
    const other = (change: Partial<Cell>): SeedGroup<Cell> | undefined =>
      cells.find(
        ({ key }) =>
          key.surrogate === surrogate &&
          key.delta === (change.delta ?? delta) &&
          key.beta === (change.beta ?? beta),
      );
    if (delta > 0)
      add(
        { of: 'SGS', effect: `SGS δ = ${delta} (${beta === 0 ? 'no LR' : `β = ${beta}`})` },
        cell,
        other({ delta: 0 }),
      );
    if (beta > 0)
      add(
        { of: 'LR', effect: `LR β = ${beta} (${delta === 0 ? 'plain' : `δ = ${delta}`})` },
        cell,
        other({ beta: 0 }),
      );
  }
  return effects;
}

/** Effects with their 95 % intervals, those of SGS and of LR apart; those of fewer than three seeds are points only. */
export function effectFigure(effects: readonly Effect[]): Figure {
  const name = ({ effect, surrogate }: Effect): string => `${surrogate}: ${effect}`;
  const surrogates = [...new Set(effects.map(({ surrogate }) => surrogate))];
  const kinds = ['SGS', 'LR'] as const;
  const sorted = surrogates.flatMap((surrogate) =>
    kinds.flatMap((kind) => effects.filter((effect) => effect.surrogate === surrogate && effect.of === kind)),
  );
  const names = sorted.map(name);
  const trace = (title: string, shown: readonly Effect[], style: number): Trace[] => {
    if (shown.length === 0) return [];
    const drawn = points({
      name: title,
      x: shown.map(({ mean }) => mean),
      y: shown.map(() => null), // names, set below
      colour: style,
      symbol: style,
      runs: shown.map(({ runs }) => runs),
    });
    return [
      {
        ...drawn,
        y: shown.map(name),
        error_x: intervalBars(shown),
        hovertemplate: `<b>%{y}</b><br>%{x:.2f} points, n = %{text}<br>%{customdata}<extra></extra>`,
        text: shown.map(({ n }) => String(n)),
        mode: 'markers',
      },
    ];
  };
  return {
    data: kinds.flatMap((kind) =>
      trace(
        `${kind} on against off, mean of paired differences${intervalWords(sorted)}`,
        sorted.filter(({ of }) => of === kind),
        cellStyle(kind === 'SGS' ? { delta: 1, beta: 0 } : { delta: 0, beta: 1 }),
      ),
    ),
    layout: theme({
      title: { text: 'Effects on test accuracy, paired by seed' },
      width: 900,
      height: 210 + 26 * names.length,
      margin: { t: 124 },
      showlegend: true,
      xaxis: axis('effect on test accuracy', 'points', {
        zeroline: true,
        zerolinewidth: 2,
        zerolinecolor: '#6E7781',
      }),
      yaxis: axis('effect', undefined, {
        categoryorder: 'array',
        categoryarray: [...names].reverse(),
        range: [-0.7, names.length - 0.3],
      }),
      annotations: [trainingNote([...new Set(effects.map(({ setting }) => setting))].join('; '))],
    }),
  };
}
