// Activity of the paper's networks, as its energy ratios imply it.
import { PICOJOULE } from '../../measures/energy.js';
import { axis, theme, type Figure, type Trace } from '../../figures/theme.js';
import { readPaper } from '../../figures/paper.js';
import { line, points } from '../../figures/traces.js';
import { dataTitle } from '../../data/sets/index.js';

/** A published energy ratio with what it implies: ratio = 32/(T·S) in the paper's counting. */
export interface ImpliedActivity {
  dataset: string;
  ratio: number;
  /** Half of the last digit that the paper gives, and where it gives it. */
  rounding: number;
  source: string;
  /** T·S, and S for some T. */
  product: number;
  rates: { steps: number; rate: number }[];
}

/** E_MAC/E_AC of the paper. */
const PAPER_COST_RATIO = PICOJOULE.int32.mac / PICOJOULE.int32.ac;

/** The paper's ratios with the T·S they imply. */
export function impliedActivities(steps: readonly number[] = [2, 4, 6, 8, 10]): ImpliedActivity[] {
  const claims = readPaper('sgs-claims').objects() as (Pick<
    ImpliedActivity,
    'dataset' | 'rounding' | 'source'
  > & {
    claim: string;
    value: number;
  })[];
  return claims
    .filter(({ claim }) => claim === 'energy of the ANN over that of the SNN')
    .map(({ dataset, value, rounding, source }) => {
      const product = PAPER_COST_RATIO / value;
      return {
        dataset,
        ratio: value,
        rounding,
        source,
        product,
        rates: steps.map((T) => ({ steps: T, rate: product / T })),
      };
    });
}

/** The paper's ratios as a table: T·S, and a column for each T. */
export const impliedRows = (implied: readonly ImpliedActivity[]): object[] =>
  implied.map(({ dataset, ratio, product, rates }) => ({
    dataset,
    ratio,
    TS: product,
    ...Object.fromEntries(rates.map(({ steps, rate }) => [`S at T = ${steps}`, rate])),
  }));

/** A network of ours in the plane of T and S; those of one name are drawn alike. */
export interface Activity {
  name: string;
  steps: number;
  /** MAC-weighted mean input rate S. */
  rate: number;
  runs: string[];
}

/** Mean rate S against T: the curves on which the paper's ratios lie, and where our networks are. */
export function impliedFigure(ours: readonly Activity[]): Figure {
  const steps = Array.from({ length: 91 }, (_, i) => 1 + i / 10);
  const published = impliedActivities().flatMap(({ dataset, ratio, product }, i) =>
    line({
      name: `${ratio} times (the paper, ${dataTitle(dataset)})`,
      x: steps,
      y: steps.map((T) => (product / T <= 1 ? (100 * product) / T : null)),
      colour: [0, 2, 3][i],
      dash: i,
    }),
  );
  const names = [...new Set(ours.map(({ name }) => name))];
  const data = names.map((name, i): Trace => {
    const own = ours.filter((activity) => activity.name === name);
    return points({
      name,
      x: own.map(({ steps: T }) => T),
      y: own.map(({ rate }) => 100 * rate),
      colour: [1, 4, 5, 6][i % 4],
      symbol: i,
      runs: own.map(({ runs }) => runs),
    });
  });
  return {
    data: [...published, ...data],
    layout: theme({
      title: { text: `Activity that the paper’s energy ratios imply: ${PAPER_COST_RATIO}/(T·S)` },
      margin: { t: 112 + 20 * Math.ceil(names.length / 2) },
      xaxis: axis('time steps T', undefined, { range: [0.5, 10.2], dtick: 1 }),
      yaxis: axis('mean input rate S', '%', { range: [0, 100] }),
    }),
  };
}
