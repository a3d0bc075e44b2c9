// The ratio ANN/SNN under each counting of the arithmetic.
import { PICOJOULE, type EnergyResult } from '../../measures/energy.js';
import type { Figure } from '../../figures/theme.js';
import type { EvaluationRecord } from '../../records/record.js';
import { mean } from '../../statistics/interval.js';
import { ratioDots } from '../../figures/ratio-dots.js';

/** The first layer's counting in a word. */
export const FIRST_LAYER_WORDS = { ac: 'AC', macEveryStep: 'MAC × T', macOnce: 'MAC once' } as const;

/** A counting in words. */
export const countingName = ({
  firstLayer,
  averages,
}: Pick<EnergyResult, 'firstLayer' | 'averages'>): string =>
  `first layer ${FIRST_LAYER_WORDS[firstLayer]}, averages ${averages.toUpperCase()}`;

/** What a figure of ratios needs of a network: its energy evaluations, one for each seed. */
export interface Rated {
  name: string;
  energies: readonly EvaluationRecord[];
}

/** The energies under every counting of one record. */
export const energyTotals = ({ results }: EvaluationRecord): EnergyResult[] =>
  results.filter(({ row }) => row === 'total') as unknown as EnergyResult[];

/** An energy of one example under one counting. */
export interface RatioRow {
  network: string;
  T: number;
  cost: EnergyResult['cost'];
  counting: string;
  annMicrojoule: number;
  snnMicrojoule: number;
  ratio: number;
}

/** The energies of a network's first training under every counting. */
export const ratioRows = ({
  name,
  energies,
  experiment,
}: Rated & { experiment: { steps: number } }): RatioRow[] =>
  energyTotals(energies[0]).map((total) => ({
    network: name,
    T: experiment.steps,
    cost: total.cost,
    counting: countingName(total),
    annMicrojoule: total.ann / 1e6,
    snnMicrojoule: total.snn / 1e6,
    ratio: total.ratio,
  }));

/** The ratio ANN/SNN under each counting, means over seeds, for both costs beside each other. */
export function ratioFigure(networks: readonly Rated[]): Figure {
  const rows = [
    ...new Set(networks.flatMap(({ energies }) => energies.flatMap(energyTotals)).map(countingName)),
  ];
  const costs = Object.keys(PICOJOULE) as (keyof typeof PICOJOULE)[];
  const ratioOf = (energies: Rated['energies'], cost: string, row: string): number | null => {
    const ratios = energies
      .flatMap(energyTotals)
      .filter((total) => total.cost === cost && countingName(total) === row)
      .map(({ ratio }) => ratio);
    return ratios.length > 0 ? mean(ratios) : null;
  };
  return ratioDots({
    title: 'Energy of the ANN over that of the SNN, by counting',
    rows,
    quantity: 'counting',
    plots: costs.map((cost) => ({
      title: `${{ int32: '32-bit integer', fp32: '32-bit float' }[cost]}: MAC ${PICOJOULE[cost].mac}, AC ${PICOJOULE[cost].ac} pJ`,
      series: networks.map(({ name, energies }) => ({
        name,
        runs: energies.flatMap(({ of, id }) => [of, id]),
        values: rows.map((row) => ratioOf(energies, cost, row)),
      })),
    })),
  });
}
