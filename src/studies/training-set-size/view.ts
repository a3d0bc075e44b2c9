// The parts that the notebook `training-set-size` shows. Tests: test/studies/views.test.ts.
import { originOf } from '../../figures/origin.js';
import type { StudyContext } from '../context.js';
import { type Item, Part } from '../part.js';
import { intervalRow } from '../sgs-ablation/ablations.js';
import { accuracyRows } from './accuracy.js';
import { JUDGED_LEVELS, sizeClaims } from './claims.js';
import { curveRows, curvesFigure } from './curves.js';
import { effectChanges, sizedContrasts, sizedEffectFigure, sizedEffects } from './effects.js';
import { sizeFindings } from './findings.js';
import { gainGrowth, sizedGainFigure, sizedGains } from './noise.js';
import { foundSizes, presetRecords, sizesCommand, trainingSizes } from './sizes.js';

/** The parts of the study, in the order of the notebook. */
export function view(context: StudyContext) {
  const { folder, stem } = context;
  const records = presetRecords(context);
  const sizes = trainingSizes(records);
  const rows = accuracyRows(sizes);
  const effects = sizedEffects(sizes);
  const contrasts = sizedContrasts(sizes);
  const changes = effectChanges(sizes, effects);
  const gains = sizedGains(sizes);
  const growths = gainGrowth(sizes, JUDGED_LEVELS.from, JUDGED_LEVELS.to).filter(({ definition }) =>
    gains.some((gain) => gain.definition === definition),
  );
  const judged = { sizes, effects, contrasts, gains, growths };
  const origin = originOf(
    sizes.flatMap(({ runs, evaluations }) => [...runs, ...evaluations]),
    { command: sizesCommand(records), notebook: stem },
  );
  const place = (name: string) => ({ folder, stem: `${stem}-${name}`, origin });
  return {
    /** The trainings of each number of images, and what is missing of them. */
    records: new Part(() => [
      { lines: foundSizes(records) },
      {
        table: sizes.flatMap(({ images, cells }) =>
          cells.map(({ key: { delta, beta }, runs }) => ({
            ...{ images, delta, beta },
            seeds: runs.map(({ experiment }) => experiment.seed).join(' '),
            records: runs.map(({ id }) => id).join(' '),
          })),
        ),
      },
    ]),
    /** Accuracy over the images seen. */
    curves: new Part((): Item[] =>
      sizes.length === 0
        ? []
        : [
            {
              ...{ ...place('curves'), figure: curvesFigure(sizes), rows: curveRows(sizes) },
              ...{ png: true, digits: 4 },
              caption:
                'SGS and LR at the strengths of the authors’ code; means over seeds, bands ± one standard deviation on test images. Training accuracy is the mean over an epoch while the weights move, with shifted and mirrored images.',
            },
          ],
    ),
    /** Accuracy of each cell, as each way of choosing an epoch reports it. */
    accuracy: new Part((): Item[] =>
      rows.length === 0
        ? []
        : [
            {
              table: rows,
              show: { digits: 4 },
              place: {
                ...{ ...place('accuracy'), digits: 3 },
                title: 'Test accuracy by number of training images',
                caption:
                  'Mean ± standard deviation over seeds, in %: after the last epoch, at the best epoch by validation, at the best epoch by the test images themselves, which is too high. gap: training minus test accuracy; timesLess: energy of the ANN over ours by the paper’s counting, where it was counted.',
              },
            },
          ],
    ),
    /** Effects of SGS and LR at each number of images. */
    effects: new Part((): Item[] => {
      if (effects.length === 0) return [{ lines: ['no cell with a partner to compare with'] }];
      const table = effects.map((one) => ({ images: one.images, effect: one.effect, ...intervalRow(one) }));
      return [
        {
          ...{ ...place('effects'), figure: sizedEffectFigure(sizes, effects) },
          ...{ rows: table, png: true, digits: 3 },
          caption:
            'Accuracy with minus without, within a seed. An interval that contains 0 leaves the sign open. Intervals are 95 %, over seeds only and uncorrected; pHolm is corrected for all effects of three seeds or more.',
        },
        { table, show: { digits: 3 } },
      ];
    }),
    /** Main effects, interaction and the gap. */
    contrasts: new Part((): Item[] => {
      if (contrasts.length === 0) return [{ lines: ['no number of images has all four cells'] }];
      const table = contrasts.map((one) => ({
        ...{ images: one.images, measure: one.measure, contrast: one.contrast },
        ...intervalRow(one),
      }));
      return [
        {
          table,
          show: { digits: 3, limit: 40 },
          place: {
            ...{ ...place('contrasts'), digits: 3 },
            title: 'SGS and LR as two factors, by number of training images',
            caption:
              'In points, within seeds that all four cells have. Intervals are 95 %, over seeds only and uncorrected; pHolm is corrected for the contrasts of this table.',
          },
        },
      ];
    }),
    /** Change of each effect from the smaller to the larger number of images. */
    change: new Part((): Item[] =>
      changes.length === 0
        ? [{ lines: ['one number of training images only: nothing to compare with'] }]
        : [
            {
              table: changes,
              show: { digits: 3 },
              place: {
                ...{ ...place('change'), digits: 3 },
                title: 'Change of the effects with the number of training images',
                caption:
                  'Effect with more images minus effect with fewer, in points, within seeds. 95 % intervals over seeds, uncorrected.',
              },
            },
          ],
    ),
    /** The gain of LR under noise at each number of images. */
    noise: new Part((): Item[] => {
      if (gains.length === 0) return [{ lines: ['no definition of noise was measured with and without LR'] }];
      return [
        {
          ...{ ...place('noise'), figure: sizedGainFigure(sizes, gains), digits: 3 },
          rows: gains,
          caption:
            'Accuracy with LR minus accuracy without, in points, SGS on, on the first 2,000 test images; shaded: 95 % interval over seeds, none corrected for their number; each panel has a scale of its own. Grey: the same difference in the paper’s Fig. 7, one network.',
        },
      ];
    }),
    /** The paper's claims on the largest training set. */
    claims: new Part(() => [{ claims: sizeClaims(judged), place: { folder, stem } }]),
    /** The findings, in sentences. */
    findings: new Part(() => [{ findings: sizeFindings(judged, rows, changes) }]),
  };
}
