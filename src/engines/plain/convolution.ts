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

/** Calls back with the places of every weight in `[out, in, tap]` and in `[tap, in, out]`, where the inner loop is local. */
function eachWeight(
  { geometry: g, ...c }: Convolution,
  visit: (weight: number, byTap: number) => void,
): void {
  const taps = g.kernelHeight * g.kernelWidth;
  for (let o = 0; o < c.out; o++)
    for (let i = 0; i < c.in; i++)
      for (let tap = 0; tap < taps; tap++) visit((o * c.in + i) * taps + tap, (tap * c.in + i) * c.out + o);
}

function weightsByTap(c: Convolution, w: ArrayLike<number>): Float64Array {
  const byTap = new Float64Array(w.length);
  eachWeight(c, (weight, at) => (byTap[at] = w[weight]));
  return byTap;
}

/** `y = conv(x, w) + bias`, `[N, H', W', out]`. */
export function convolve(
  c: Convolution,
  x: ArrayLike<number>,
  w: ArrayLike<number>,
  bias?: ArrayLike<number>,
): Float64Array {
  const y = new Float64Array(c.images * c.geometry.outHeight * c.geometry.outWidth * c.out);
  const byTap = weightsByTap(c, w);
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
  const byTap = weightsByTap(c, w);
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
  const byTap = new Float64Array(c.geometry.kernelHeight * c.geometry.kernelWidth * c.in * c.out);
  eachMeeting(c, (atX, atY, tap) => {
    for (let i = 0; i < c.in; i++) {
      const value = x[atX + i];
      if (value === 0) continue;
      const at = (tap * c.in + i) * c.out;
      for (let o = 0; o < c.out; o++) byTap[at + o] += value * dy[atY + o];
    }
  });
  const dw = new Float64Array(byTap.length);
  eachWeight(c, (weight, at) => (dw[weight] = byTap[at]));
  return dw;
}
