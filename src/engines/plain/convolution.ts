// A convolution and its gradients in plain loops over row-major arrays, float64.
import type { Geometry } from '../../network/geometry.js';

/** A convolution: images `[N, H, W, in]`, weights `[out, in, kernelHeight, kernelWidth]`, zeros around the images. */
export interface Convolution {
  geometry: Geometry;
  images: number;
  in: number;
  out: number;
}

/**
 * `y[n, oy, ox] = Σ_ky,kx W[ky, kx]·x[n, oy·stride + ky − padding, ox·stride + kx − padding]`: calls back with where the
 * channels of an input pixel and of an output pixel begin that meet at a tap, and with the tap, `ky·kernelWidth + kx`.
 */
function eachMeeting(
  { geometry: g, images, ...c }: Convolution,
  visit: (x: number, y: number, tap: number) => void,
): void {
  for (let n = 0; n < images; n++)
    for (let oy = 0; oy < g.outHeight; oy++)
      for (let ox = 0; ox < g.outWidth; ox++)
        for (let ky = 0; ky < g.kernelHeight; ky++)
          for (let kx = 0; kx < g.kernelWidth; kx++) {
            const iy = oy * g.stride + ky - g.padding;
            const ix = ox * g.stride + kx - g.padding;
            if (iy < 0 || iy >= g.inHeight || ix < 0 || ix >= g.inWidth) continue; // a zero of the padding
            const x = ((n * g.inHeight + iy) * g.inWidth + ix) * c.in;
            const y = ((n * g.outHeight + oy) * g.outWidth + ox) * c.out;
            visit(x, y, ky * g.kernelWidth + kx);
          }
}

/** Axes `[a, b, c]` as `[c, b, a]`: weights by tap, `[tap, in, out]`, have an inner loop that is local. */
function reversed(w: ArrayLike<number>, [a, b, c]: number[]): Float64Array {
  const turned = new Float64Array(w.length);
  for (let i = 0; i < a; i++)
    for (let j = 0; j < b; j++)
      for (let k = 0; k < c; k++) turned[(k * b + j) * a + i] = w[(i * b + j) * c + k];
  return turned;
}

const tapsOf = ({ geometry: g }: Convolution): number => g.kernelHeight * g.kernelWidth;
const byTapOf = (c: Convolution, w: ArrayLike<number>): Float64Array => reversed(w, [c.out, c.in, tapsOf(c)]);

/** `y = conv(x, w) + bias`, `[N, H', W', out]`. */
export function convolve(
  c: Convolution,
  x: ArrayLike<number>,
  w: ArrayLike<number>,
  bias?: ArrayLike<number>,
): Float64Array {
  const y = new Float64Array(c.images * c.geometry.outHeight * c.geometry.outWidth * c.out);
  const byTap = byTapOf(c, w);
  eachMeeting(c, (atX, atY, tap) => {
    for (let i = 0; i < c.in; i++) {
      const value = x[atX + i];
      if (value === 0) continue; // spikes are mostly zeros
      const at = (tap * c.in + i) * c.out;
      for (let o = 0; o < c.out; o++) y[atY + o] += value * byTap[at + o];
    }
  });
  if (bias) for (let i = 0; i < y.length; i++) y[i] += bias[i % c.out];
  return y;
}

/** Gradient of the input, `[N, H, W, in]`. */
export function inputGradient(c: Convolution, dy: ArrayLike<number>, w: ArrayLike<number>): Float64Array {
  const dx = new Float64Array(c.images * c.geometry.inHeight * c.geometry.inWidth * c.in);
  const byTap = byTapOf(c, w);
  eachMeeting(c, (atX, atY, tap) => {
    for (let i = 0; i < c.in; i++) {
      const at = (tap * c.in + i) * c.out;
      let sum = 0;
      for (let o = 0; o < c.out; o++) sum += dy[atY + o] * byTap[at + o];
      dx[atX + i] += sum;
    }
  });
  return dx;
}

/** Gradient of the weights, `[out, in, kernelHeight, kernelWidth]`. */
export function weightGradient(c: Convolution, x: ArrayLike<number>, dy: ArrayLike<number>): Float64Array {
  const byTap = new Float64Array(tapsOf(c) * c.in * c.out);
  eachMeeting(c, (atX, atY, tap) => {
    for (let i = 0; i < c.in; i++) {
      const value = x[atX + i];
      if (value === 0) continue;
      const at = (tap * c.in + i) * c.out;
      for (let o = 0; o < c.out; o++) byTap[at + o] += value * dy[atY + o];
    }
  });
  return reversed(byTap, [tapsOf(c), c.in, c.out]);
}
