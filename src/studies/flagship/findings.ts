// Findings of the flagship in sentences: accuracy, the paper's, the twin's, what SGS and LR change, noise.
import { noiseTitle } from '../../data/images/noise-definitions.js';
import { signed } from '../../statistics/wording.js';
import { paperAccuracy } from '../comparison/claims.js';
import type { FlagshipRow } from './accuracy.js';
import { flagshipGain, type FlagshipNoiseRow } from './noise.js';
import type { Flagship } from './trials.js';

const points = (value: number): string => `${signed(value)} points`;

/** Sentences about what is there; one seed has no interval, and they say so. */
export function flagshipFindings(rows: readonly FlagshipRow[], noise: readonly FlagshipNoiseRow[]): string[] {
  const of = (name: Flagship): FlagshipRow | undefined => rows.find(({ training }) => training === name);
  const [ours, plain, twin] = [of('SGS and LR'), of('neither'), of('ANN twin')];
  const short = of('SGS and LR, 10 epochs');
  const shown = ours ?? short;
  const { value, source } = paperAccuracy();
  const definitions = [...new Set(noise.map(({ definition }) => definition))];
  const [from, to] = [0.02, 0.1];
  return [
    ...(shown
      ? [
          `SGS and LR: ${shown.last.toFixed(2)} % after ${shown.epochs} epochs, where the paper has ${value} % (${source}) at full width after 150; training minus test accuracy: ${points(shown.gap)}.`,
        ]
      : []),
    ...(ours && short
      ? [`Half as long: ${short.last.toFixed(2)} %; the second half adds ${points(ours.last - short.last)}.`]
      : []),
    ...(ours && plain
      ? [
          `SGS and LR against neither: ${points(ours.last - plain.last)}. One seed: no interval, so no verdict.`,
        ]
      : []),
    ...(ours && twin
      ? [`The ANN twin reaches ${twin.last.toFixed(2)} %: ${points(ours.last - twin.last)} for spikes.`]
      : []),
    ...(shown?.timesLess
      ? [`By the paper's counting the ANN takes ${shown.timesLess.toFixed(1)} times its energy.`]
      : []),
    ...definitions.flatMap((definition) => {
      const [low, high] = [from, to].map((level) => flagshipGain(noise, definition, level));
      if (low === undefined || high === undefined) return [];
      return [
        `${noiseTitle(definition)}: SGS and LR add ${points(low)} at level ${from} and ${points(high)} at ${to}; one seed.`,
      ];
    }),
  ];
}
