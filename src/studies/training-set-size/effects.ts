// Effects of SGS and LR at each number of training images, side by side, and how much each changes from one to the next.
import { effectPoints } from '../../figures/effect-points.js';
import { trainingNote } from '../../figures/training-note.js';
import { axis, type Figure, theme } from '../../figures/theme.js';
import type { RunRecord } from '../../records/record.js';
import { intervalWords, shownInterval } from '../../statistics/few.js';
import { type Interval, pairedDifference } from '../../statistics/interval.js';
import { testAccuracyOf } from '../../statistics/seeds.js';
import { type Tested, withTests } from '../../statistics/tested.js';
import { ablationContrasts, type Contrast } from '../sgs-ablation/contrasts.js';
import { ablationEffects, type Effect } from '../sgs-ablation/effects.js';
import { sizesNote, type TrainingSize } from './sizes.js';

/** An effect at one number of training images. */
export type SizedEffect = Effect & Tested & { images: number };
/** A contrast at one number of training images. */
export type SizedContrast = Contrast & Tested & { images: number };

/** Single effects on test accuracy; p is corrected for all that stand side by side. */
export const sizedEffects = (sizes: readonly TrainingSize[]): SizedEffect[] =>
  withTests(
    sizes.flatMap(({ images, cells }) => ablationEffects(cells).map((effect) => ({ ...effect, images }))),
  );

/** Main effects and interaction, and the single effects on other measures; p is corrected for all of them. */
export const sizedContrasts = (sizes: readonly TrainingSize[]): SizedContrast[] =>
  withTests(
    sizes.flatMap(({ images, cells }) =>
      ablationContrasts(cells)
        .filter(({ measure, contrast }) => measure !== 'test accuracy' || !/^(SGS|LR) /.test(contrast))
        .map((contrast) => ({ ...contrast, images })),
    ),
  );

/** Change of an effect from one number of training images to another; its edges are null below three seeds. */
export interface EffectChange extends Interval {
  effect: string;
  from: number;
  to: number;
}

/** The effect at each number of images minus that at the one before, within the seeds that both have. */
export const effectChanges = (
  sizes: readonly TrainingSize[],
  effects: readonly SizedEffect[],
): EffectChange[] =>
  sizes.slice(1).flatMap((after, i) => {
    const before = sizes[i];
    return effects
      .filter(({ images }) => images === after.images)
      .flatMap((late) => {
        const early = effects.find(
          ({ images, effect }) => images === before.images && effect === late.effect,
        );
        if (early === undefined) return [];
        const [now, then] = [differences(after.runs, late), differences(before.runs, early)];
        const seeds = [...now.keys()].filter((seed) => then.has(seed));
        if (seeds.length === 0) return [];
        const change = pairedDifference(
          seeds.map((seed) => now.get(seed)!),
          seeds.map((seed) => then.get(seed)!),
        );
        return [{ effect: late.effect, from: before.images, to: after.images, ...shownInterval(change) }];
      });
  });

/** Accuracy with minus without, by seed. */
function differences(runs: readonly RunRecord[], { of, runs: ids }: Effect): Map<number, number> {
  const own = runs.filter(({ id }) => ids.includes(id));
  const isOn = ({ experiment: { neuron, lipschitz } }: RunRecord): boolean =>
    of === 'SGS' ? neuron.delta !== 0 : lipschitz.beta !== 0;
  const off = new Map(own.filter((run) => !isOn(run)).map((run) => [run.experiment.seed, run]));
  return new Map(
    own.filter(isOn).flatMap((run): [number, number][] => {
      const other = off.get(run.experiment.seed);
      return other === undefined ? [] : [[run.experiment.seed, testAccuracyOf(run) - testAccuracyOf(other)]];
    }),
  );
}

/** Marks of one effect stand so far apart, in steps of the axis of effects. */
const APART = 0.22;

/** Each effect with its 95 % interval at each number of images, one above the other. */
export function sizedEffectFigure(sizes: readonly TrainingSize[], effects: readonly SizedEffect[]): Figure {
  const names = [...new Set(effects.map(({ effect }) => effect))];
  const place = (effect: string, size: number): number =>
    names.length - 1 - names.indexOf(effect) - APART * (size - (sizes.length - 1) / 2);
  return {
    data: sizes.map(({ images, title }, i) => {
      const own = effects.filter((effect) => effect.images === images);
      return effectPoints(
        own,
        {
          name: `${title}${intervalWords(own)}`,
          y: own.map(({ effect }) => place(effect, i)),
          ...{ colour: i, symbol: i },
        },
        own.map(({ effect, n }) => `${effect}, n = ${n}`),
      );
    }),
    layout: theme({
      title: { text: 'Effects on test accuracy by number of training images, paired by seed' },
      width: 900,
      height: 220 + 54 * names.length,
      margin: { t: 112, l: 210 },
      showlegend: true,
      xaxis: axis('effect on test accuracy', 'points', {
        zeroline: true,
        zerolinewidth: 2,
        zerolinecolor: '#6E7781',
      }),
      yaxis: axis('effect', undefined, {
        tickvals: names.map((_, i) => names.length - 1 - i),
        ticktext: names,
        range: [-0.6, names.length - 0.4],
      }),
      annotations: [trainingNote(sizesNote(sizes))],
    }),
  };
}
