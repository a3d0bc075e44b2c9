// The ablation of SGS and LR: cells of surrogate × δ × β over seeds, effects paired by seed, curves and gradients.
import { axis, theme, type Figure, type Trace } from '../figure.js';
import type { EvaluationRecord, RunRecord } from '../record.js';
import { groupSeeds, pairedBySeed, spreadOf, type SeedGroup, type Spread } from '../seeds.js';
import { mean, sd, type Interval } from '../statistics.js';
import { bars, line, points } from '../traces.js';

/** What the cells of the ablation differ in. */
export interface Cell {
  surrogate: string;
  /** Strength of SGS; 0 is the plain surrogate. */
  delta: number;
  /** Weight of LR; 0 is without. */
  beta: number;
}

/** Runs by cell: surrogates in the order met, plain before SGS, without before with LR. */
export function ablationCells(runs: readonly RunRecord[]): SeedGroup<Cell>[] {
  const cells = groupSeeds(runs, ({ experiment: { neuron, lipschitz } }) => ({
    surrogate: neuron.surrogate.name,
    delta: neuron.delta,
    beta: lipschitz.beta,
  }));
  const surrogates = [...new Set(cells.map(({ key }) => key.surrogate))];
  const place = ({ surrogate }: Cell): number => surrogates.indexOf(surrogate as (typeof surrogates)[number]);
  return cells.sort(({ key: a }, { key: b }) => place(a) - place(b) || a.delta - b.delta || a.beta - b.beta);
}

/** A cell in words. */
export const cellName = ({ delta, beta }: Pick<Cell, 'delta' | 'beta'>): string =>
  `${delta === 0 ? 'plain' : `SGS δ = ${delta}`}, ${beta === 0 ? 'no LR' : `LR β = ${beta}`}`;

/** Test accuracy of each cell. */
export const ablationRows = (cells: readonly SeedGroup<Cell>[]): (Cell & Spread)[] =>
  cells.map(({ key, runs }) => ({ ...key, ...spreadOf(runs) }));

/** Accuracy by surrogate and cell: mean ± sd as bars, each seed as a point. */
export function ablationFigure(cells: readonly SeedGroup<Cell>[]): Figure {
  const names = [...new Set(cells.map(({ key }) => cellName(key)))];
  const surrogates = [...new Set(cells.map(({ key }) => key.surrogate))];
  const data = names.map((name, colour) => {
    const here = surrogates.map((surrogate) =>
      cells.find(({ key }) => key.surrogate === surrogate && cellName(key) === name),
    );
    const spreads = here.map((cell) => cell && spreadOf(cell.runs));
    return bars({
      name,
      x: surrogates,
      y: spreads.map((spread) => spread?.mean ?? null),
      error: spreads.map((spread) => spread?.sd ?? null),
      colour,
      runs: here.map((cell) => cell?.runs.map(({ id }) => id) ?? []),
    });
  });
  return {
    data,
    layout: theme({
      title: { text: 'Test accuracy by surrogate, with and without SGS and LR' },
      margin: { t: 112 },
      xaxis: axis('surrogate'),
      yaxis: axis('test accuracy', '%', { rangemode: 'tozero' }),
      barmode: 'group',
    }),
  };
}

/** An effect on test accuracy in points, paired by seed. */
export interface Effect extends Interval {
  effect: string;
  surrogate: string;
}

/** The effects of SGS (δ against 0, at each β) and of LR (β against 0, at each δ). */
export function ablationEffects(cells: readonly SeedGroup<Cell>[]): Effect[] {
  const effects: Effect[] = [];
  const add = (effect: string, treated: SeedGroup<Cell>, baseline: SeedGroup<Cell> | undefined): void => {
    const difference = baseline && pairedBySeed(treated.runs, baseline.runs);
    if (difference) effects.push({ effect, surrogate: treated.key.surrogate, ...difference });
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
      add(`SGS δ = ${delta} (${beta === 0 ? 'no LR' : `β = ${beta}`})`, cell, other({ delta: 0 }));
    if (beta > 0) add(`LR β = ${beta} (${delta === 0 ? 'plain' : `δ = ${delta}`})`, cell, other({ beta: 0 }));
  }
  return effects;
}

/** Effects with their 95 % intervals; those of one seed have none. */
export function effectFigure(effects: readonly Effect[]): Figure {
  const names = effects.map(({ effect, surrogate }) => `${surrogate}: ${effect}`);
  const known = effects.map((_, i) => i).filter((i) => effects[i].lower !== null);
  const single = effects.map((_, i) => i).filter((i) => effects[i].lower === null);
  const trace = (name: string, places: number[], colour: number, symbol: number): Trace => ({
    ...points({
      name,
      x: places.map((i) => effects[i].mean),
      y: places.map(() => null),
      colour,
      symbol,
    }),
    y: places.map((i) => names[i]),
    error_x: {
      type: 'data',
      array: places.map((i) => (effects[i].upper ?? 0) - effects[i].mean),
      visible: colour === 0,
    },
    customdata: places.map((i) => effects[i].n),
    hovertemplate: '<b>%{y}</b><br>%{x:.2f} points, n = %{customdata}<extra></extra>',
  });
  return {
    data: [
      ...(known.length > 0 ? [trace('mean of paired differences, 95 % interval', known, 0, 0)] : []),
      ...(single.length > 0 ? [trace('one seed: no interval', single, 1, 1)] : []),
    ],
    layout: theme({
      title: { text: 'Effects on test accuracy, paired by seed' },
      width: 900,
      height: 190 + 28 * names.length,
      margin: { t: 96 },
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
    }),
  };
}

/** Test accuracy over epochs of each cell of one surrogate: mean over seeds, band ± sd. */
export function ablationCurves(cells: readonly SeedGroup<Cell>[]): Figure {
  const epochs = Math.max(...cells.flatMap(({ runs }) => runs.map(({ rows }) => rows.length)));
  const data = cells.flatMap(({ key, runs }, colour) => {
    const at = Array.from({ length: epochs }, (_, i) =>
      runs.flatMap(({ rows }) => (rows[i] ? [100 * rows[i].testAccuracy] : [])),
    );
    const centre = at.map((values) => (values.length > 0 ? mean(values) : null));
    const half = at.map((values) => (values.length > 1 ? sd(values) : 0));
    return line({
      name: cellName(key),
      x: at.map((_, i) => i + 1),
      y: centre,
      lower: centre.map((value, i) => (value === null ? null : value - half[i])),
      upper: centre.map((value, i) => (value === null ? null : value + half[i])),
      colour,
      dash: colour,
      symbol: colour,
      runs: runs.map(({ id }) => id),
    });
  });
  return {
    data,
    layout: theme({
      title: { text: 'Test accuracy over epochs, mean over seeds ± one standard deviation' },
      margin: { t: 112 },
      xaxis: axis('epoch', undefined, { dtick: Math.ceil(epochs / 12) }),
      yaxis: axis('test accuracy', '%'),
    }),
  };
}

/** Norm of the gradient that reaches the potentials, by layer, of runs with a probe record; mean square over steps. */
export function gradientNormFigure(runs: readonly RunRecord[], probes: readonly EvaluationRecord[]): Figure {
  const data = probes.flatMap((probe, i) => {
    const run = runs.find(({ id }) => id === probe.of);
    if (!run) return [];
    const { neuron, lipschitz } = run.experiment;
    const rows = probe.results as unknown as { layer: string; gradientNorm: number }[];
    const layers = [...new Set(rows.map(({ layer }) => layer))];
    const norm = (layer: string): number =>
      Math.hypot(...rows.filter((row) => row.layer === layer).map(({ gradientNorm }) => gradientNorm));
    return line({
      name: `${neuron.surrogate.name}, ${cellName({ delta: neuron.delta, beta: lipschitz.beta })}`,
      x: layers,
      y: layers.map(norm),
      colour: i,
      dash: i,
      symbol: i,
      runs: [run.id, probe.id],
    });
  });
  return {
    data,
    layout: theme({
      title: { text: 'Gradient that reaches the potentials, by layer' },
      height: 520,
      margin: { t: 148 },
      xaxis: axis('layer', undefined, { tickangle: -30 }),
      yaxis: axis('norm of the gradient over batch and steps', undefined, {
        type: 'log',
        dtick: null,
        nticks: 5,
      }),
    }),
  };
}
