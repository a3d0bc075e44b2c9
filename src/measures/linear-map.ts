// The linear parts of a network as maps between flat vectors, forward and adjoint, in float64: what power
// iteration asks for. Pixels lie row by row, channels last.
import { SettingsError } from '../errors.js';
import { tapsOf } from '../network/geometry.js';
import type { Sums } from '../network/layer.js';
import { convolve, inputGradient } from '../engines/plain/convolution.js';

/** A linear map and its adjoint (transpose). */
export interface LinearMap {
  /** Length of what `apply` takes and `adjoint` gives. */
  from: number;
  /** Length of what `apply` gives and `adjoint` takes. */
  to: number;
  apply(x: ArrayLike<number>): Float64Array;
  adjoint(y: ArrayLike<number>): Float64Array;
}

/**
 * A matrix as a map.
 *
 * @param weight - `[rows, columns]`, row-major
 */
export function matrixMap(weight: ArrayLike<number>, rows: number, columns: number): LinearMap {
  if (weight.length !== rows * columns)
    throw new SettingsError(
      `matrixMap: ${rows} × ${columns} has ${rows * columns} values, got ${weight.length}`,
    );
  return {
    from: columns,
    to: rows,
    apply(x) {
      const y = new Float64Array(rows);
      for (let i = 0; i < rows; i++) for (let j = 0; j < columns; j++) y[i] += weight[i * columns + j] * x[j];
      return y;
    },
    adjoint(y) {
      const x = new Float64Array(columns);
      for (let i = 0; i < rows; i++) for (let j = 0; j < columns; j++) x[j] += weight[i * columns + j] * y[i];
      return x;
    },
  };
}

/**
 * A convolution at its input size as a map, zero padding and stride included: not the reshaped kernel, whose norm differs.
 *
 * @param weight - `[out, in, kernelHeight, kernelWidth]`
 * @param scale - factor of each output channel, for instance of a batch norm folded in; default 1
 */
export function convolutionMap(
  { geometry, in: channels, out }: Sums,
  weight: ArrayLike<number>,
  scale?: ArrayLike<number>,
): LinearMap {
  const { kernelHeight, kernelWidth } = geometry;
  const perOutput = channels * tapsOf(geometry);
  if (weight.length !== out * perOutput)
    throw new SettingsError(
      `convolutionMap: a ${kernelHeight} × ${kernelWidth} kernel from ${channels} to ${out} channels has ${out * perOutput} values, got ${weight.length}`,
    );
  const one = { geometry, images: 1, in: channels, out };
  const scaled = Float64Array.from(weight, (w, i) => w * (scale ? scale[Math.floor(i / perOutput)] : 1));
  const { inHeight, inWidth, outHeight, outWidth } = geometry;
  return {
    from: inHeight * inWidth * channels,
    to: outHeight * outWidth * out,
    apply: (x) => convolve(one, x, scaled),
    adjoint: (y) => inputGradient(one, y, scaled),
  };
}
