// A layer of neurons as the page draws it: spikes by pixel and step, and how the potentials are spread.
import type { LayerLook } from '../inspection/look.js';

/** Potentials that are drawn; what lies outside is counted in the last bin of its side. */
export const POTENTIALS = { from: -4, to: 4, bins: 80 };

/** One layer while it sees one image. */
export interface LayerPicture {
  layer: string;
  height: number;
  width: number;
  channels: number;
  /** Share of a pixel's channels that fire, in [0, 1], by step, `[T][H · W]`. */
  spikes: number[][];
  /** Share of the layer's neurons that fire, `[T]`. */
  rates: number[];
  /** Share of potentials, over all steps, in each bin of {@link POTENTIALS}. */
  potentials: number[];
}

/** @param look - with all neurons of the layer, in their order */
export function layerPicture({ layer, shape, potentials, outputs }: LayerLook): LayerPicture {
  const [height, width, channels] = shape;
  const spikes = outputs.map((step) => {
    const counts = new Array<number>(height * width).fill(0);
    step.forEach((o, i) => {
      if (o > 0) counts[Math.floor(i / channels)] += 1 / channels;
    });
    return counts;
  });
  return {
    ...{ layer, height, width, channels, spikes },
    rates: outputs.map((step) => step.filter((o) => o > 0).length / step.length),
    potentials: spread(potentials),
  };
}

function spread(potentials: readonly number[][]): number[] {
  const { from, to, bins } = POTENTIALS;
  const counts = new Array<number>(bins).fill(0);
  let all = 0;
  for (const step of potentials)
    for (const v of step) {
      const bin = Math.floor(((v - from) / (to - from)) * bins);
      counts[Math.min(bins - 1, Math.max(0, bin))] += 1;
      all += 1;
    }
  return counts.map((count) => count / all);
}
