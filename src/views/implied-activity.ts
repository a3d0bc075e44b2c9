// What the paper's energy ratios imply of its networks' activity.
import { axis, theme, type Figure, type Trace } from '../figure.js';
import { readPaper } from '../paper.js';
import { line } from '../traces.js';
import { dataTitle } from './training-note.js';

/** A published energy ratio with what it implies: ratio = 32/(T·S) in the paper's counting. */
export interface ImpliedActivity {
  dataset: string;
  ratio: number;
  /** T·S, and S for some T. */
  product: number;
  rates: { steps: number; rate: number }[];
}

/** E_MAC/E_AC of the paper: 3.2 pJ over 0.1 pJ. */
const PAPER_COST_RATIO = 32;

/** The paper's ratios with the T·S they imply. */
export function impliedActivities(steps: readonly number[] = [2, 4, 6, 8, 10]): ImpliedActivity[] {
  const claims = readPaper('sgs-claims').objects() as { claim: string; dataset: string; value: number }[];
  return claims
    .filter(({ claim }) => claim === 'energy of the ANN over that of the SNN')
    .map(({ dataset, value }) => {
      const product = PAPER_COST_RATIO / value;
      return { dataset, ratio: value, product, rates: steps.map((T) => ({ steps: T, rate: product / T })) };
    });
}

/** A network of ours in the plane of T and S. */
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
  const data: Trace[] = ours.map(({ name, steps: T, rate, runs }, i) => ({
    ...line({ name, x: [T], y: [100 * rate], colour: 1, symbol: i, runs })[0],
    mode: 'markers',
  }));
  return {
    data: [...published, ...data],
    layout: theme({
      title: { text: 'Activity that the paper’s energy ratios imply: 32/(T·S)' },
      margin: { t: 112 },
      xaxis: axis('time steps T', undefined, { range: [0.5, 10.2], dtick: 1 }),
      yaxis: axis('mean input rate S', '%', { range: [0, 100] }),
    }),
  };
}
