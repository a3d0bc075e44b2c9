// Where the kernel of a convolution goes over an input: sizes, stride and padding.
import type { Conv2d } from './layers.js';

/** Where a convolution's kernel goes. A linear layer is one whose kernel covers the whole input. */
export interface Geometry {
  inHeight: number;
  inWidth: number;
  /** By {@link outputSize}. */
  outHeight: number;
  outWidth: number;
  kernelHeight: number;
  kernelWidth: number;
  stride: number;
  /** Zeros on each side. */
  padding: number;
}

/** How many outputs a convolution has along one side: the places where its kernel fits into the padded input. */
export const outputSize = (
  size: number,
  { kernel, stride, padding }: Pick<Conv2d, 'kernel' | 'stride' | 'padding'>,
): number => Math.floor((size + 2 * padding - kernel) / stride) + 1;

/** Positions of the kernel: `tap = ky · kernelWidth + kx`. */
export const tapsOf = ({ kernelHeight, kernelWidth }: Geometry): number => kernelHeight * kernelWidth;

/** The geometry of a convolution over an input of this size. */
export function convolutionGeometry(
  [inHeight, inWidth]: readonly [height: number, width: number, ...rest: number[]],
  layer: { kernelHeight: number; kernelWidth: number; stride: number; padding: number },
): Geometry {
  const { kernelHeight, kernelWidth, stride, padding } = layer;
  const outHeight = outputSize(inHeight, { ...layer, kernel: kernelHeight });
  const outWidth = outputSize(inWidth, { ...layer, kernel: kernelWidth });
  return { inHeight, inWidth, outHeight, outWidth, kernelHeight, kernelWidth, stride, padding };
}

/** The geometry of a convolution of a network over its input. */
export const geometryOf = (
  { kernel, stride, padding }: Conv2d,
  input: readonly [height: number, width: number, channels: number],
): Geometry => convolutionGeometry(input, { kernelHeight: kernel, kernelWidth: kernel, stride, padding });
