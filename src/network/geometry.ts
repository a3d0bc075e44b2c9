// Where the kernel of a convolution goes over an input: sizes, stride and padding.
import type { Conv2d } from './layers.js';
import type { Shape } from './shapes.js';

/** Where a convolution's kernel goes. A linear layer is one whose kernel covers the whole input. */
export interface Geometry {
  inHeight: number;
  inWidth: number;
  /** `floor((in + 2·padding − kernel) / stride) + 1`. */
  outHeight: number;
  outWidth: number;
  kernelHeight: number;
  kernelWidth: number;
  stride: number;
  /** Zeros on each side. */
  padding: number;
}

/** Positions of the kernel: `tap = ky · kernelWidth + kx`. */
export const tapsOf = ({ kernelHeight, kernelWidth }: Geometry): number => kernelHeight * kernelWidth;

/** The geometry of a convolution over an input of this size. */
export function convolutionGeometry(
  [inHeight, inWidth]: readonly [height: number, width: number, ...rest: number[]],
  layer: { kernelHeight: number; kernelWidth: number; stride: number; padding: number },
): Geometry {
  const { kernelHeight, kernelWidth, stride, padding } = layer;
  const out = (size: number, kernel: number): number =>
    Math.floor((size + 2 * padding - kernel) / stride) + 1;
  return {
    ...{ inHeight, inWidth, outHeight: out(inHeight, kernelHeight), outWidth: out(inWidth, kernelWidth) },
    ...{ kernelHeight, kernelWidth, stride, padding },
  };
}

/** The geometry of a convolution of a network over its input. */
export const geometryOf = ({ kernel, stride, padding }: Conv2d, [height, width]: Shape): Geometry =>
  convolutionGeometry([height, width], { kernelHeight: kernel, kernelWidth: kernel, stride, padding });
