// Networks trained on event data: a table of all, and for each how it learnt, how often its neurons fire and what it mistakes.
// Tests: test/studies/views.slow.ts.
import { classNames } from '../../data/sets/index.js';
import type { StudyContext } from '../context.js';
import type { Item } from '../part.js';
import { confusionHeatmap, learningCurves, spikeRateBars } from '../first-results/curves.js';
import type { EventNetwork } from './networks.js';

/** The set whose figures have the plain names. */
const MAIN = 'shapes10-dvs';

/** What is not there: records of the preset, and data sets that it trains nothing on. */
export const missingLines = ({ missing, trials, command, preset }: StudyContext): string[] => [
  ...missing.map(
    ({ experiment }) => `no record yet of ${experiment.name} on ${experiment.data.name}: ${command}`,
  ),
  ...[MAIN, 'cifar10-dvs']
    .filter((name) => !trials.some(({ experiment }) => experiment.data.name === name))
    .map((name) => `preset ${preset} trains nothing on ${name}`),
];

/** All networks in a table; nothing where there is none. */
export const networksTable = ({ place }: StudyContext, networks: readonly EventNetwork[]): Item[] =>
  networks.length === 0
    ? []
    : [
        {
          table: networks.map(
            ({ data, network, steps, pipeline, trained, tested, accuracy, chance, run }) => ({
              ...{ data, network, T: steps, pipeline, trained, tested, accuracy, chance },
              record: run.id,
            }),
          ),
          show: { digits: 4 },
          place: {
            ...place(
              'networks',
              networks.map(({ run }) => run),
            ),
            title: 'Networks on event data',
            digits: 4,
            caption:
              'Test accuracy in % after the last epoch, beside that of guessing; how many recordings each was trained and tested on.',
          },
        },
      ];

/** The figures of one network, and its accuracy in a line. */
export function networkItems(
  { place }: StudyContext,
  shown: EventNetwork,
  networks: readonly EventNetwork[],
): Item[] {
  const { data, network, steps, pipeline, trained, tested, accuracy, chance, confusion, run } = shown;
  const suffix = suffixOf(shown, networks);
  const caption = `${network}, T = ${steps}, pipeline ${pipeline}, ${trained} training recordings of ${data}.`;
  return [
    {
      ...{ ...place(`learning${suffix}`, [run]), caption },
      figure: learningCurves([run]),
      title: `Learning ${data}`,
      rows: run.rows.map(({ seconds: _, imagesPerSecond: __, ...row }) => row),
    },
    {
      ...{ ...place(`spike-rates${suffix}`, [run]), caption },
      figure: spikeRateBars(run),
      title: `Spike rates on ${data}`,
      rows: run.spikeRates.flatMap(({ layer, rates }) =>
        rates.map((rate, t) => ({ layer, step: t + 1, rate })),
      ),
    },
    ...(confusion
      ? [
          {
            ...{ ...place(`confusion${suffix}`, [run, confusion]), caption },
            figure: confusionHeatmap(confusion, classNames(run.experiment.data.name), run),
            title: `Confusion on ${data}`,
            rows: confusion.results,
          },
        ]
      : []),
    {
      lines: [
        `${run.id}: test accuracy ${(accuracy ?? NaN).toFixed(1)} % on ${tested} recordings of ${data}; chance is ${chance.toFixed(0)} %`,
      ],
    },
  ];
}

/** Nothing for the first network on the embedded set; else the data set, and the seed where the set has several. */
function suffixOf({ data, run }: EventNetwork, networks: readonly EventNetwork[]): string {
  const { name } = run.experiment.data;
  const first = networks.find((other) => other.data === data)!.run;
  return `${name === MAIN ? '' : `-${name}`}${first.id === run.id ? '' : `-${run.experiment.seed}`}`;
}
