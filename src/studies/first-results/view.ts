// The parts that the notebook `first-results` shows. Tests: test/studies/views.test.ts.
import { classNames } from '../../data/sets/index.js';
import { examplePictures } from '../../display/examples.js';
import { imageGrid } from '../../figures/images.js';
import { mean } from '../../statistics/interval.js';
import type { StudyContext } from '../context.js';
import { countingName, energyTotals } from '../energy/ratios.js';
import { type Item, Part } from '../part.js';
import { confusionHeatmap, learningCurves, spikeRateBars } from './curves.js';
import { setupOf } from './setup.js';

/** Number of training examples that are pictured, and of those side by side. */
const PICTURED = { count: 20, columns: 10 };

/** The parts of the study, in the order of the notebook; those of results need the training to be done. */
export async function view(context: StudyContext) {
  const { originOf, place } = context;
  const setup = await setupOf(context);
  const { dataset, experiment } = setup;
  return {
    /** The data, and the settings of the training. `train` and `evaluate` take what they need out of it. */
    setup,
    /** The first training examples. */
    images: new Part((): Item[] => {
      if (dataset === undefined)
        return [{ lines: [`no images of ${experiment.data.name} to show on this machine`] }];
      const first = Array.from({ length: PICTURED.count }, (_, i) => i);
      const title = `${dataset.name}: the first training examples`;
      return [{ drawn: imageGrid(examplePictures(dataset, first), { columns: PICTURED.columns, title }) }];
    }),
    /** The end of the training. */
    training: new Part(() => {
      const { id, outcome, parameters } = setup.trained();
      const accuracy = (100 * (outcome.testAccuracy ?? 0)).toFixed(1);
      return [
        {
          lines: [
            `${id}: ${outcome.status}, ${parameters} parameters, trained on ${setup.trainedOn}: test accuracy ${accuracy} %`,
          ],
        },
      ];
    }),
    /** Accuracy over epochs; its rows are those of the record. */
    learning: new Part(() => {
      const record = setup.trained();
      return [
        {
          ...{ ...place('learning', [record]), figure: learningCurves([record]) },
          title: `First results: accuracy over epochs, ${setup.trainedOn}`,
          rows: record.rows.map(({ seconds: _, imagesPerSecond: __, ...row }) => row),
          caption: `Training accuracy is the mean over an epoch while the weights move; test accuracy is measured after it.`,
        },
      ];
    }),
    /** The share of neurons that fire, by layer and time step. */
    rates: new Part(() => {
      const record = setup.trained();
      return [
        {
          ...{ ...place('spike-rates', [record]), figure: spikeRateBars(record) },
          title: `First results: spike rate by layer and time step, ${setup.trainedOn}`,
          rows: record.spikeRates.flatMap(({ layer, rates }) =>
            rates.map((rate, t) => ({ layer, step: t + 1, rate })),
          ),
          caption: `Rates over ${record.data.split.test} test images.`,
        },
        { table: record.spikeRates.map(({ layer, rates }) => ({ layer, rate_mean: mean(rates) })) },
      ];
    }),
    /** Predicted against actual class. */
    confusion: new Part(() => {
      const record = setup.trained();
      const confusion = setup.evaluated({ kind: 'confusion' });
      const classes = dataset?.classes ?? classNames(experiment.data.name);
      return [
        {
          ...place('confusion', [record, confusion]),
          figure: confusionHeatmap(confusion, classes, record),
          title: `First results: confusion on the test part, ${setup.trainedOn}`,
          rows: confusion.results,
          caption: `Rows: the class of an image; columns: the class that the network gives it.`,
        },
      ];
    }),
    /** Energy of one example beside that of the non-spiking twin, in every counting. */
    energy: new Part(() => {
      const energy = setup.evaluated({ kind: 'energy' });
      return [
        {
          table: energyTotals(energy)
            .filter(({ cost }) => cost === 'int32')
            .map((total) => ({
              counting: countingName(total),
              ...{ annPicojoule: total.ann, snnPicojoule: total.snn, ratio: total.ratio },
            })),
          place: {
            ...place('energy', [setup.trained(), energy]),
            title: `First results: energy of one image, ANN twin against SNN, ${setup.trainedOn}`,
          },
        },
      ];
    }),
    /** The record behind all of it. */
    provenance: new Part(() => {
      const record = setup.trained();
      const { data } = record;
      const origin = originOf([record]);
      return [
        {
          table: origin.records.map((id) => ({
            ...{ record: id, data: data.description, split: data.split.name },
            engine: origin.numerics.join(', '),
          })),
        },
      ];
    }),
  };
}
