// From bytes to what a network sees: (byte/255 − mean) / standard deviation by channel, constants by data set.
import type { Dataset, DatasetName, Normalisation } from '../dataset.js';

/**
 * How a data set is normalised: as it says, else neutrally: images by 0.5 and 0.25 in every channel, event frames not at
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
 * The constants of a data set that is loaded by its name.
 *
 * - `cifar10`: those in the authors' code. The second row is smaller than the pixels' true standard deviation
 *   (0.2470 0.2435 0.2616); the whole lineage uses it.
 * - `cifar100`: TET's (Deng et al. 2022). What the paper used is not known.
 * - `shapes10`: 0.5 and 0.25, neutral.
 * - Event frames: none, byte/255 only.
 */
export function usualNormalisation(name: DatasetName): Normalisation {
  switch (name) {
    case 'cifar10':
      return { mean: [0.4914, 0.4822, 0.4465], std: [0.2023, 0.1994, 0.201] };
    case 'cifar100':
      return { mean: [0.5071, 0.4867, 0.4408], std: [0.2675, 0.2565, 0.2761] };
    case 'shapes10':
      return { mean: [0.5, 0.5, 0.5], std: [0.25, 0.25, 0.25] };
    case 'shapes10-dvs':
    case 'cifar10-dvs':
      return { mean: [0, 0], std: [1, 1] };
  }
}

/**
 * Normalises one value, in float32 throughout and in torchvision's order (ToTensor, then Normalize), so that the
 * result has the same bits.
 *
 * @param pixel - in [0, 1]
 */
export const normalised = (pixel: number, mean: number, std: number): number =>
  Math.fround(Math.fround(Math.fround(pixel) - Math.fround(mean)) / Math.fround(std));

/** What every byte becomes in every channel: `[C, 256]`, entry `c·256 + byte`. */
export function normalisationTable({ mean, std }: Normalisation): Float32Array {
  const table = new Float32Array(mean.length * 256);
  mean.forEach((_, c) => {
    for (let byte = 0; byte < 256; byte++)
      table[c * 256 + byte] = normalised(byte / 255, mean[c], std[c]);
  });
  return table;
}
