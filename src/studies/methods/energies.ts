// The energy of each method under every counting. Tests: test/studies/methods/rows.test.ts.
import { PICOJOULE, type EnergyResult } from '../../measures/energy.js';
import type { EvaluationRecord } from '../../records/record.js';
import { mean } from '../../statistics/interval.js';
import { energyTotals, FIRST_LAYER_WORDS } from '../energy/ratios.js';
import type { TrainedCase } from './trials.js';

/** A counting in as few words as a column has room for. */
const shortName = ({ firstLayer, averages }: Pick<EnergyResult, 'firstLayer' | 'averages'>): string =>
  `${FIRST_LAYER_WORDS[firstLayer]}${averages === 'mac' ? ', averages MAC' : ''}`;

/** Energies of an example in nJ under the countings of one cost, a column each; means over seeds. */
export interface MethodEnergies {
  method: string;
  as: string;
  cost: EnergyResult['cost'];
  [counting: string]: string | number;
}

/** A row for each cost of an operation and each case whose energy was counted. */
export const methodEnergies = (
  cases: readonly TrainedCase[],
  evaluations: readonly EvaluationRecord[],
): MethodEnergies[] => {
  const counted = cases
    .map(({ method, as, runs }) => ({
      ...{ method: method.name, as },
      totals: evaluations
        .filter(({ evaluation, of }) => evaluation.kind === 'energy' && runs.some(({ id }) => id === of))
        .flatMap(energyTotals),
    }))
    .filter(({ totals }) => totals.length > 0);
  return (Object.keys(PICOJOULE) as EnergyResult['cost'][]).flatMap((cost) =>
    counted.map(({ method, as, totals }) => {
      const ofCost = totals.filter((total) => total.cost === cost);
      const countings = [...new Set(ofCost.map(shortName))];
      const energies = countings.map((name): [string, number] => [
        name,
        mean(ofCost.filter((total) => shortName(total) === name).map(({ snn }) => snn / 1000)),
      ]);
      return { method, as, cost, ...Object.fromEntries(energies) };
    }),
  );
};
