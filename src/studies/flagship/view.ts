// The parts that the notebook `flagship` shows. Tests: test/studies/views.test.ts.
import { publishedRows } from '../comparison/rows.js';
import { contextOfKin, type StudyContext } from '../context.js';
import { type Item, Part } from '../part.js';
import { flagshipRows } from './accuracy.js';
import { flagshipCurveRows, flagshipCurves } from './curves.js';
import { flagshipExpected } from './expected.js';
import { flagshipFindings } from './findings.js';
import { flagshipNoiseFigure, flagshipNoiseRows } from './noise.js';

/** The parts of the study, in the order of the notebook. */
export function view(given: StudyContext) {
  const context = contextOfKin(given);
  const { trained, evaluations, place } = context;
  const rows = flagshipRows(trained, evaluations);
  const noise = flagshipNoiseRows(trained, evaluations);
  const used = [...trained, ...evaluations];
  const none: Item[] = [{ lines: [`preset ${context.preset} trains no flagship, or none is there yet`] }];
  return {
    /** The trainings that are there. */
    records: new Part(() =>
      trained.length === 0
        ? none
        : [
            { lines: [context.found] },
            {
              table: rows.map(({ training, run }, i) => ({
                ...{ training, parameters: trained[i].parameters, trainedOn: trained[i].data.split.train },
                ...{ processor: trained[i].machine.cpu, record: run },
              })),
            },
          ],
    ),
    /** Accuracy by each way of choosing an epoch, spikes, energy, time. */
    accuracy: new Part((): Item[] =>
      rows.length === 0
        ? none
        : [
            {
              table: rows.map(({ run: _, ...row }) => row),
              show: { digits: 4 },
              place: {
                ...{ ...place('accuracy', used), digits: 4 },
                title: 'Flagship: accuracy, spikes, energy and time',
                caption:
                  'Test accuracy in %: after the last epoch, at the best epoch by validation, at the best by the test images themselves, which is too high. minutes: of training with its tests after each epoch, two threads.',
              },
            },
          ],
    ),
    /** Learning curves. */
    curves: new Part((): Item[] =>
      trained.length === 0
        ? none
        : [
            {
              ...{ ...place('curves', used), figure: flagshipCurves(trained), png: true },
              rows: flagshipCurveRows(trained),
              digits: 4,
              caption:
                'Training accuracy is the mean over an epoch, on images that were cropped and flipped, while the weights move; test accuracy is measured after it.',
            },
          ],
    ),
    /** Final accuracies of the same topology that were published. */
    published: new Part(() => [
      {
        table: publishedRows('cifar10')
          .filter(({ architecture }) => architecture === 'ResNet-19')
          .map(({ method, kind, steps, accuracy, source, checked }) => ({
            ...{ method, kind, T: steps, accuracy, source, checked },
          })),
      },
    ]),
    /** Accuracy under noise. */
    noise: new Part((): Item[] =>
      noise.length === 0
        ? none
        : [
            {
              ...{ ...place('noise', used), figure: flagshipNoiseFigure(trained, noise) },
              ...{ rows: noise, digits: 4 },
              caption: 'On the first 2,000 test images; level 0 is no noise.',
            },
          ],
    ),
    /** What was expected, written down before, and what came. */
    expected: new Part((): Item[] => {
      const table = flagshipExpected(rows, noise);
      return rows.length === 0
        ? none
        : [
            {
              table,
              show: { digits: 3 },
              place: {
                ...{ ...place('expected', used), digits: 3 },
                title: 'What was expected of the flagship, and what came',
                caption:
                  'As written in data/flagship-cifar10.md before the trainings. One seed each: nothing is sure.',
              },
            },
          ];
    }),
    /** The findings, in sentences. */
    findings: new Part(() => (rows.length === 0 ? none : [{ findings: flagshipFindings(rows, noise) }])),
  };
}
