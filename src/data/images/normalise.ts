// From bytes to what a network sees: (byte/255 − mean) / standard deviation by channel, constants by data set.
import type { Dataset, Normalisation } from '../dataset.js';

/**
 * Normalisation of a data set: as it says, else neutral: images by 0.5 and 0.25 in every channel, event frames not at
 * all (byte/255).
 */
export function normalisationOf({
  normalisation,
  kind,
  shape,
}: Pick<Dataset, 'normalisation' | 'kind' | 'shape'>): Normalisation {
  if (normalisation) return normalisation;
  const [mean, std] = kind === 'images' ? [0.5, 0.25] : [0, 1];
  return { mean: Array<number>(shape[2]).fill(mean), std: Array<number>(shape[2]).fill(std) };
}

/**
 * Normalises one value, in float32 throughout and in torchvision's order (ToTensor, then Normalize), so that the
 * result has the same bits.
 *
 * @param pixel - in [0, 1]
 */
export const normalised = (pixel: number, mean: number, std: number): number =>
  Math.fround(Math.fround(Math.fround(pixel) - Math.fround(mean)) / Math.fround(std));

/** Value of every byte in every channel: `[C, 256]`, entry `c·256 + byte`. */
export function normalisationTable({ mean, std }: Normalisation): Float32Array {
  const table = new Float32Array(mean.length * 256);
  mean.forEach((_, c) => {
    for (let byte = 0; byte < 256; byte++) table[c * 256 + byte] = normalised(byte / 255, mean[c], std[c]);
  });
  return table;
}
