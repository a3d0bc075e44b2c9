// A note of the data behind an accuracy, in the figure itself: a picture travels without its caption.
import { dataTitle, exampleWord } from '../data/sets/index.js';
import { networkLabel } from '../network/architectures.js';
import type { RunHeader } from '../records/header.js';
import { label, type Layout } from './theme.js';

/**
 * Training data of runs: `9,000 CIFAR-10 training images`; several sets or sizes are listed.
 *
 * @param runs - records or headers
 * @returns a clause for a caption, without a full stop
 */
export function trainingSet(runs: readonly Pick<RunHeader, 'data'>[]): string {
  const texts = runs.map(({ data }) => {
    const train = data.split.train.toLocaleString('en-US');
    return `${train} ${dataTitle(data.name)} training ${exampleWord(data)}`;
  });
  return [...new Set(texts)].join('; ');
}

/** Network and training data: `resnet19 × 0.25, 9,000 CIFAR-10 training images`; several are listed. */
export const trainingSetting = (runs: readonly Pick<RunHeader, 'data' | 'experiment'>[]): string =>
  [...new Set(runs.map((run) => `${networkLabel(run.experiment.network)}, ${trainingSet([run])}`))].join(
    '; ',
  );

/** Such a text as a small line above the upper right corner of a plot: an entry of `layout.annotations`. */
export const trainingNote = (text: string): Layout => ({
  text: label(text),
  xref: 'paper',
  yref: 'paper',
  x: 1,
  y: 1,
  xanchor: 'right',
  yanchor: 'bottom',
  yshift: 3,
  showarrow: false,
  font: { size: 11 },
});
