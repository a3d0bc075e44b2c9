// The cells of the ablation of SGS and LR: surrogate × δ × β over seeds, and how each cell looks in every figure.
import { fixedDelta } from '../../surrogates/delta.js';
import type { RunRecord } from '../../records/record.js';
import { groupSeeds, spreadOf, type SeedGroup, type Spread } from '../../statistics/seeds.js';

/** Settings in which the cells of the ablation differ. */
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
    delta: fixedDelta(neuron.delta),
    beta: lipschitz.beta,
  }));
  const surrogates = [...new Set(cells.map(({ key }) => key.surrogate))];
  const place = ({ surrogate }: Cell): number => surrogates.indexOf(surrogate as (typeof surrogates)[number]);
  return cells.sort(({ key: a }, { key: b }) => place(a) - place(b) || a.delta - b.delta || a.beta - b.beta);
}

/** A cell in words. */
export const cellName = ({ delta, beta }: Pick<Cell, 'delta' | 'beta'>): string =>
  `${delta === 0 ? 'plain' : `SGS δ = ${delta}`}, ${beta === 0 ? 'no LR' : `LR β = ${beta}`}`;

/** Place of a cell in palette, dashes and symbols: plain, LR, SGS, both. The same in every figure of the ablation. */
export const cellStyle = ({ delta, beta }: Pick<Cell, 'delta' | 'beta'>): number =>
  (delta > 0 ? 2 : 0) + (beta > 0 ? 1 : 0);

/** Test accuracy of each cell. */
export const ablationRows = (cells: readonly SeedGroup<Cell>[]): (Cell & Spread)[] =>
  cells.map(({ key, runs }) => ({ ...key, ...spreadOf(runs) }));
