// The linear parts of a network as maps between flat vectors, forward and adjoint, in float64: what power iteration and
// the plain reference of inference are made of. Pixels lie row by row, channels last.
import { SettingsError } from '../../errors.js';
import type { Conv2d } from '../../network/layers.js';
import type { Shape } from '../../network/shapes.js';

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
 * @param weight - `[out, in, kernel, kernel]`
 * @param input - height, width, channels
 * @param scale - factor of each output channel, for instance of a batch norm folded in; default 1
 */
export function convolutionMap(
  { in: channels, out, kernel, stride, padding }: Conv2d,
  weight: ArrayLike<number>,
  [height, width]: Shape,
  scale?: ArrayLike<number>,
): LinearMap {
  const size = (n: number): number => Math.floor((n + 2 * padding - kernel) / stride) + 1;
  const [rows, columns] = [size(height), size(width)];
  const taps = kernel * kernel;
  if (weight.length !== out * channels * taps)
    throw new SettingsError(
      `convolutionMap: a ${kernel} × ${kernel} kernel from ${channels} to ${out} channels has ${out * channels * taps} values, got ${weight.length}`,
    );
  // [tap, in, out]: the inner loops run over neighbours in memory.
  const byTap = new Float64Array(weight.length);
  for (let o = 0; o < out; o++)
    for (let c = 0; c < channels; c++)
      for (let tap = 0; tap < taps; tap++)
        byTap[(tap * channels + c) * out + o] =
          weight[(o * channels + c) * taps + tap] * (scale === undefined ? 1 : scale[o]);

  /** Calls with the places of every input pixel, output pixel and tap that meet. */
  const walk = (visit: (inputAt: number, outputAt: number, tap: number) => void): void => {
    for (let y = 0; y < rows; y++)
      for (let x = 0; x < columns; x++)
        for (let tap = 0; tap < taps; tap++) {
          const fromY = y * stride + Math.floor(tap / kernel) - padding;
          const fromX = x * stride + (tap % kernel) - padding;
          if (fromY >= 0 && fromY < height && fromX >= 0 && fromX < width)
            visit((fromY * width + fromX) * channels, (y * columns + x) * out, tap);
        }
  };
  return {
    from: height * width * channels,
    to: rows * columns * out,
    apply(input) {
      const output = new Float64Array(rows * columns * out);
      walk((inputAt, outputAt, tap) => {
        for (let c = 0; c < channels; c++) {
          const value = input[inputAt + c];
          if (value === 0) continue; // spikes are mostly zeros
          const at = (tap * channels + c) * out;
          for (let o = 0; o < out; o++) output[outputAt + o] += value * byTap[at + o];
        }
      });
      return output;
    },
    adjoint(output) {
      const input = new Float64Array(height * width * channels);
      walk((inputAt, outputAt, tap) => {
        for (let c = 0; c < channels; c++) {
          const at = (tap * channels + c) * out;
          let sum = 0;
          for (let o = 0; o < out; o++) sum += output[outputAt + o] * byTap[at + o];
          input[inputAt + c] += sum;
        }
      });
      return input;
    },
  };
}
