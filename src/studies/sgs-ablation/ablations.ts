// The ablation proper of each network: SGS and LR off, or at the paper's strengths. Tests: test/studies/views.test.ts.
import type { Origin } from '../../figures/origin.js';
import { networkLabel } from '../../network/architectures.js';
import type { RunRecord } from '../../records/record.js';
import type { Interval } from '../../statistics/interval.js';
import type { SeedGroup } from '../../statistics/seeds.js';
import { type Tested, withTests } from '../../statistics/tested.js';
import type { StudyContext } from '../context.js';
import { ablationCells, type Cell } from './cells.js';
import { ablationContrasts, type Contrast } from './contrasts.js';
import { ablationEffects, type Effect } from './effects.js';

/** Strength of SGS and weight of LR in the authors' code. */
export const PAPER_STRENGTH = 1e-4;

/** Neither, LR, SGS, both. */
export const FOUR_CELLS = [0, PAPER_STRENGTH].flatMap((delta) =>
  [0, PAPER_STRENGTH].map((beta) => ({ delta, beta })),
);

/** Cells of one network, with their effects and contrasts. */
export interface Ablation {
  network: string;
  cells: readonly SeedGroup<Cell>[];
  effects: readonly (Effect & Tested)[];
  /** Contrasts that are not effects already. */
  contrasts: readonly (Contrast & Tested)[];
  origin: Origin;
}

/** Runs of one network. */
export const runsOf = ({ trained }: Pick<StudyContext, 'trained'>, network: string): RunRecord[] =>
  trained.filter(({ experiment }) => networkLabel(experiment.network) === network);

/** The ablation of a network. The rest of its records belongs to the sweep over δ. */
export function ablationOf(context: StudyContext, network: string): Ablation {
  const strengths: readonly unknown[] = [0, PAPER_STRENGTH];
  const cells = ablationCells(
    runsOf(context, network).filter(
      ({ experiment: { neuron, lipschitz } }) =>
        strengths.includes(neuron.delta) && strengths.includes(lipschitz.beta),
    ),
  );
  const contrasts = ablationContrasts(cells).filter(
    ({ measure, contrast }) => measure !== 'test accuracy' || !/^(SGS|LR) /.test(contrast),
  );
  return {
    ...{ network, cells },
    effects: withTests(ablationEffects(cells)),
    contrasts: withTests(contrasts),
    origin: context.originOf(cells.flatMap(({ runs }) => runs)),
  };
}

/** Number of them that were tested: what p is corrected for. */
export const testedOf = (tests: readonly Pick<Tested, 'p'>[]): number =>
  tests.filter(({ p }) => p !== null).length;

/** An effect or contrast in numbers, as its table has it. */
export const intervalRow = ({ n, mean, sd, lower, upper, detectable, p, pHolm }: Interval & Tested) => ({
  ...{ n, mean, sd, lower, upper, detectable, p, pHolm },
});
