// Figures and tables about the network of most trainings: gradients by layer, and the sweep over δ.
// Tests: test/studies/views.test.ts.
import { hasInterval } from '../../statistics/few.js';
import type { StudyContext } from '../context.js';
import type { Item } from '../part.js';
import { PAPER_STRENGTH } from './ablations.js';
import { isPlanned } from './coverage.js';
import { gradientNormFigure, normSpread } from './gradient-norms.js';
import type { MainNetwork } from './main-network.js';
import { type ChangePoint, deltaFigure, type DeltaPoint } from './strength.js';

/** Norms of the gradient through the firing functions, by layer and cell. */
export function gradientItems({ place }: StudyContext, main: MainNetwork): Item[] {
  const { network, trained, probes, probed, atPaper } = main;
  const seeds = new Set(probed.map(({ experiment }) => experiment.seed)).size;
  const apart = (100 * normSpread(trained, probes)).toFixed(0);
  const change = atPaper
    ? `; on the same weights δ = 0.0001 changes the whole gradient by ${(100 * atPaper.measured).toPrecision(1)} %`
    : '';
  return [
    {
      ...{ ...place('gradients', [...probed, ...probes]), figure: gradientNormFigure(trained, probes) },
      rows: probes.flatMap((probe) => probe.results.map((row) => ({ run: probe.of, ...row }))),
      caption: `Network: ${network}. Norm of the gradient through the firing functions, all steps together, over the first test examples, at trained weights; one scale for all panels. ${seeds === 1 ? 'One seed, so no spread' : `${seeds} seeds, a line each`}: the lines of a panel differ by up to ${apart} % because the trained weights do${change}.`,
    },
  ];
}

/** Accuracy and change of the gradient against δ; what is missing of the sweep. */
export function strengthItems(context: StudyContext, main: MainNetwork): Item[] {
  const { place } = context;
  const { network, changed, changes, swept, byDelta, atPaper, lifLayers, steps } = main;
  const ids = changed.map(({ id }) => id);
  return [
    {
      ...place('delta', [...swept, ...changed]),
      ...{ figure: deltaFigure(byDelta, changes, ids), png: true },
      rows: byDelta.map((point) => deltaRow(point, changes)),
      caption: `Network: ${network}. Rectangle surrogate, β = 0.0001. Small points are single seeds; a bar, ± one standard deviation, stands where there are at least three. The prediction lets every firing function on a path scale to the same side by as much as it can; changes along different paths partly cancel, so measured ones lie below.`,
    },
    {
      table: changes,
      show: { digits: 3 },
      place: {
        ...{ ...place('change', changed), digits: 3 },
        title: 'Relative change of the gradient by δ',
        caption: `${lifLayers} LIF layers, T = ${steps}.`,
      },
    },
    {
      lines: [
        ...(atPaper
          ? [
              `at the paper's δ = 0.0001 the gradient changes by a relative ${atPaper.measured.toExponential(1)}; predicted: at most ${atPaper.predicted.toExponential(1)} along a path`,
            ]
          : []),
        ...missingStrengths(context, main),
      ],
    },
  ];
}

function deltaRow({ delta, n, mean, sd, effect }: DeltaPoint, changes: readonly ChangePoint[]): object {
  const shown = effect !== null && hasInterval(effect);
  const change = changes.find((each) => each.delta === delta);
  return {
    ...{ delta, n, mean, sd, effect: effect?.mean ?? null },
    lower: shown ? effect.lower : null,
    upper: shown ? effect.upper : null,
    ...(change && { changeMeasured: change.measured, changePredicted: change.predicted }),
  };
}

/** The strengths of preset `desk` that have no record here, and why. */
function missingStrengths(context: StudyContext, { network, byDelta }: MainNetwork): string[] {
  const missing = [0, 1e-4, 1e-3, 1e-2, 1e-1, 1].filter(
    (delta) => !byDelta.some((point) => point.delta === delta),
  );
  const [open, absent] = [true, false].map((wanted) =>
    missing.filter((delta) => {
      const cell = { surrogate: 'rectangle', delta, beta: PAPER_STRENGTH };
      return isPlanned(context, network, cell) === wanted;
    }),
  );
  return [
    ...(open.length > 0 ? [`no record yet of δ = ${open.join(', ')}: ${context.command}`] : []),
    ...(absent.length > 0
      ? [`not in preset ${context.preset}: δ = ${absent.join(', ')}; preset desk has all of them`]
      : []),
  ];
}
