// Shapes, and where the kernel of a convolution goes over an input: sizes, stride and padding.

/** Height, width and channels. A flattened tensor has height = width = 1. */
export type Shape = [height: number, width: number, channels: number];

/** Number of values of a shape. */
export const sizeOf = (shape: readonly number[]): number => shape.reduce((product, n) => product * n, 1);

/** A square kernel. */
export interface Kernel {
  kernel: number;
  stride: number;
  padding: number;
}

/** Where a convolution's kernel goes. A linear layer is one whose kernel covers the whole input. */
export interface Geometry {
  inHeight: number;
  inWidth: number;
  /** By `outputSize`. */
  outHeight: number;
  outWidth: number;
  kernelHeight: number;
  kernelWidth: number;
  stride: number;
  /** Zeros on each side. */
  padding: number;
}

/** Number of outputs of a convolution along one side: the places where its kernel fits into the padded input. */
export const outputSize = (size: number, { kernel, stride, padding }: Kernel): number =>
  Math.floor((size + 2 * padding - kernel) / stride) + 1;

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
export const geometryOf = ({ kernel, stride, padding }: Kernel, [height, width]: Shape): Geometry =>
  convolutionGeometry([height, width], { kernelHeight: kernel, kernelWidth: kernel, stride, padding });

/** One pixel, which sees nothing beside it: a linear layer's. */
export const ONE_PIXEL: Geometry = convolutionGeometry([1, 1], {
  ...{ kernelHeight: 1, kernelWidth: 1, stride: 1, padding: 0 },
});

/**
 * Number of positions of the output that each position of the input reaches, padding and stride counted: the fan-out of
 * one spike there is this times the output channels. `[H, W]`.
 */
export function reachOf(geometry: Geometry): Float32Array {
  const [rows, columns] = sideReach(geometry);
  const width = columns.length;
  return Float32Array.from(
    { length: rows.length * width },
    (_, i) => rows[Math.floor(i / width)] * columns[i % width],
  );
}

/** The same along each side: a position reaches its row's times its column's. */
export function sideReach({
  stride,
  padding,
  ...size
}: Geometry): [rows: readonly number[], columns: readonly number[]] {
  const reach = (inputs: number, outputs: number, kernel: number): number[] =>
    Array.from({ length: inputs }, (_, i) => {
      let count = 0;
      for (let o = 0; o < outputs; o++) {
        const offset = i + padding - o * stride;
        if (offset >= 0 && offset < kernel) count++;
      }
      return count;
    });
  return [
    reach(size.inHeight, size.outHeight, size.kernelHeight),
    reach(size.inWidth, size.outWidth, size.kernelWidth),
  ];
}
