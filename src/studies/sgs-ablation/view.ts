// The parts that the notebook `sgs-ablation` shows. Tests: test/studies/views.test.ts.
import { networkStem } from '../../figures/by-network.js';
import { networkFigure, type StudyContext } from '../context.js';
import { type Item, Part } from '../part.js';
import { ablationOf, intervalRow, runsOf, testedOf } from './ablations.js';
import { ablationCurves, ablationFigure } from './accuracy.js';
import { ablationRows } from './cells.js';
import { ablationClaims } from './claims.js';
import { coverageRows } from './coverage.js';
import { effectFigure } from './effects.js';
import { ablationFindings, strengthFindings } from './findings.js';
import { gradientItems, strengthItems } from './main-items.js';
import { mainNetwork } from './main-network.js';

/** The parts of the study, in the order of the notebook. */
export function view(context: StudyContext) {
  const { stem, folder } = context;
  const networks = context.networks.filter((network) => runsOf(context, network).length > 0);
  const ablations = networks.map((network) => ablationOf(context, network));
  const main = networks.length > 0 ? mainNetwork(context, networks[0]) : undefined;
  return {
    /** The seeds of each cell, and what is missing of them. */
    records: new Part(() => [{ lines: [context.found] }, { table: coverageRows(context, ablations) }]),
    /** Test accuracy of each cell. */
    accuracy: new Part(() =>
      ablations.flatMap(({ network, cells, origin }): Item[] => {
        const rows = ablationRows(cells);
        const caption = `Network: ${network}. Test accuracy after the last epoch. Large: mean over seeds with ± one standard deviation (no bar where there is one seed); small: each seed.`;
        const figure = ablationFigure(cells);
        return [
          networkFigure(context, {
            ...{ name: 'accuracy', network, networks, figure, rows, caption, origin, png: true },
          }),
          { table: rows.map((row) => ({ network, ...row })), show: { digits: 4 } },
        ];
      }),
    ),
    /** Effects of SGS and LR, paired by seed. */
    effects: new Part(() =>
      ablations.flatMap(({ network, effects, origin }): Item[] => {
        if (effects.length === 0) return [{ lines: [`${network}: no cell with a partner to compare with`] }];
        const rows = effects.map((one) => ({
          surrogate: one.surrogate,
          effect: one.effect,
          ...intervalRow(one),
        }));
        const caption = `Network: ${network}. An interval that contains 0 leaves the sign open. Intervals are 95 %, over seeds only and uncorrected. In the table p is that of the paired t test, pHolm the same corrected for the ${testedOf(effects)} effects tested here, and detectable the effect that so many seeds show with 80 % power.`;
        const figure = effectFigure(effects);
        return [
          networkFigure(context, {
            ...{ name: 'effects', network, networks, figure, rows, caption, origin, digits: 3 },
          }),
          { table: rows.map((row) => ({ network, ...row })), show: { digits: 3, limit: 60 } },
        ];
      }),
    ),
    /** SGS and LR as two factors: main effects, interaction, other measures. */
    contrasts: new Part(() =>
      ablations.flatMap(({ network, contrasts, origin }): Item[] => {
        if (contrasts.length === 0) {
          const why = 'no surrogate has all four cells with a seed in common: no main effects';
          return [{ lines: [`${network}: ${why}`] }];
        }
        const rows = contrasts.map((one) => ({
          ...{ surrogate: one.surrogate, measure: one.measure, contrast: one.contrast },
          ...intervalRow(one),
        }));
        return [
          {
            table: rows,
            shown: rows.map((row) => ({ network, ...row })),
            show: { digits: 3, limit: 60 },
            place: {
              ...{ folder, stem: networkStem(`${stem}-contrasts`, network, networks), origin, digits: 3 },
              title: `SGS and LR as two factors: main effects, interaction, other measures (${network})`,
              caption: `In points, within seeds that all four cells have. Intervals are 95 %, over seeds only and uncorrected; pHolm is corrected for the ${testedOf(contrasts)} contrasts of this table. Training accuracy is the mean over the last epoch, while the weights move.`,
            },
          },
        ];
      }),
    ),
    /** Accuracy over epochs, of the rectangle. */
    curves: new Part(() =>
      ablations.map(({ network, cells, origin }) => {
        const rows = cells.flatMap(({ key, runs }) =>
          runs.flatMap(({ experiment: { seed }, rows: epochs, id }) =>
            epochs.map(({ epoch, trainLoss, trainAccuracy, testAccuracy }) => ({
              ...{ ...key, seed, epoch, trainLoss, trainAccuracy, testAccuracy, run: id },
            })),
          ),
        );
        const caption = `Network: ${network}. Rectangle surrogate. Bands: ± one standard deviation over seeds.`;
        const figure = ablationCurves(cells.filter(({ key }) => key.surrogate === 'rectangle'));
        return networkFigure(context, { name: 'curves', network, networks, figure, rows, caption, origin });
      }),
    ),
    /** Gradients through the firing functions, by layer. */
    gradients: new Part(() => (main ? gradientItems(context, main) : [])),
    /** Accuracy and change of the gradient against δ. */
    strength: new Part(() => (main ? strengthItems(context, main) : [])),
    /** The paper's claims beside ours. */
    claims: new Part(() => [{ claims: ablationClaims(ablations, networks), place: { folder, stem } }]),
    /** The findings, in sentences. */
    findings: new Part(() => [
      { findings: [...ablations.flatMap(ablationFindings), ...(main ? strengthFindings(main) : [])] },
    ]),
  };
}
