// The gain of LR under noise at each number of training images, beside that of the paper's Fig. 7.
import { noiseTitle } from '../../data/images/noise-definitions.js';
import { panels } from '../../figures/panels.js';
import { trainingNote } from '../../figures/training-note.js';
import { axis, type Figure, type Layout, theme } from '../../figures/theme.js';
import { line } from '../../figures/traces.js';
import { noiseKind, paperNoise } from '../noise-robustness/accuracy.js';
import { type NoiseGain, noiseGains, noiseRows } from '../noise-robustness/points.js';
import { intervalWords, shownInterval } from '../../statistics/few.js';
import { interval, type Interval } from '../../statistics/interval.js';
import { sizesNote, type TrainingSize } from './sizes.js';

/** Gain of LR at one level of noise and one number of training images, paired by seed, in points; its edges are null below three seeds. */
export type SizedGain = NoiseGain & { images: number };

/** Gains under the definitions that every number of images was tested with. */
export function sizedGains(sizes: readonly TrainingSize[]): SizedGain[] {
  const bySize = sizes.map(({ images, runs, evaluations }) =>
    noiseGains(noiseRows(runs, evaluations)).map((gain) => ({ ...shownInterval(gain), images })),
  );
  const isEverywhere = ({ definition }: NoiseGain): boolean =>
    bySize.every((gains) => gains.some((gain) => gain.definition === definition));
  return bySize.flatMap((gains) => gains.filter(isEverywhere));
}

/** The gain of LR at the paper's highest level of noise minus that at its lowest. */
export interface GainGrowth extends Interval {
  images: number;
  definition: string;
  beta: number;
  from: number;
  to: number;
}

/** How the gain of LR grows from a level of noise to another, within seeds, at each number of images. */
export const gainGrowth = (sizes: readonly TrainingSize[], from: number, to: number): GainGrowth[] =>
  sizes.flatMap(({ images, runs, evaluations }) => {
    const rows = noiseRows(runs, evaluations);
    const definitions = [...new Set(rows.map(({ definition }) => definition))];
    const beta = Math.max(...rows.map((row) => row.beta));
    const seeds = [...new Set(rows.map(({ seed }) => seed))];
    return definitions.flatMap((definition) => {
      const at = (seed: number, ofBeta: number, level: number): number =>
        rows.find(
          (row) =>
            row.definition === definition && row.seed === seed && row.beta === ofBeta && row.level === level,
        )?.accuracy ?? NaN;
      const gain = (seed: number, level: number): number => at(seed, beta, level) - at(seed, 0, level);
      const grown = seeds.map((seed) => gain(seed, to) - gain(seed, from)).filter(Number.isFinite);
      if (beta === 0 || grown.length === 0) return [];
      return [{ images, definition, beta, from, to, ...shownInterval(interval(grown)) }];
    });
  });

/** A panel for each definition of noise: the gain with its 95 % interval at each number of images, the paper's in grey. */
export function sizedGainFigure(sizes: readonly TrainingSize[], gains: readonly SizedGain[]): Figure {
  const definitions = [...new Set(gains.map(({ definition }) => definition))];
  const axes = panels(
    definitions.map((definition) => ({
      title: noiseTitle(definition),
      xaxis: axis('noise level', undefined, { dtick: 0.02, range: [-0.004, 0.104] }),
      yaxis: axis('gain of LR', 'points', { zeroline: true, zerolinewidth: 1.5, zerolinecolor: '#6E7781' }),
    })),
    { columns: 2, gapX: 0.1 },
  );
  const data = definitions.flatMap((definition, panel) => {
    const plot = panel + 1;
    const inLegend = panel === 0;
    const paper = paperNoise(noiseKind(definition));
    return [
      ...sizes.flatMap(({ images, title, runs }, i) => {
        const own = gains.filter((gain) => gain.images === images && gain.definition === definition);
        return line({
          ...{ name: title, plot, inLegend, colour: i, symbol: i, dash: i },
          x: own.map(({ level }) => level),
          y: own.map(({ mean }) => mean),
          lower: own.map(({ mean, lower }) => lower ?? mean),
          upper: own.map(({ mean, upper }) => upper ?? mean),
          runs: runs.map(({ id }) => id),
        });
      }),
      ...line({
        ...{ name: 'the paper, Fig. 7', plot, inLegend, colour: 6, dash: 2, symbol: 4 },
        x: paper.map(({ level }) => level),
        y: paper.map((row) => Number((row.with - row.without).toFixed(2))),
      }),
    ];
  });
  return {
    data,
    layout: theme({
      title: {
        text: `Gain of LR under noise by number of training images, paired by seed${intervalWords(gains)}`,
      },
      width: 960,
      height: 720,
      margin: { t: 120 },
      ...axes,
      annotations: [...(axes.annotations as Layout[]), trainingNote(sizesNote(sizes))],
    }),
  };
}
