// A convolution and its gradients in plain loops over row-major arrays, float64: what the kernels are tested against.
import type { Geometry } from '../../network/geometry.js';

/** A convolution: images `[N, H, W, in]`, weights `[out, in, kernelHeight, kernelWidth]`. */
export interface Convolution {
  geometry: Geometry;
  images: number;
  in: number;
  out: number;
}

/** Calls back with the indices of input, weight and output of every product of the convolution. */
function eachProduct(c: Convolution, visit: (x: number, w: number, y: number) => void): void {
  const g = c.geometry;
  for (let n = 0; n < c.images; n++)
    for (let oy = 0; oy < g.outHeight; oy++)
      for (let ox = 0; ox < g.outWidth; ox++)
        for (let ky = 0; ky < g.kernelHeight; ky++)
          for (let kx = 0; kx < g.kernelWidth; kx++) {
            const iy = oy * g.stride + ky - g.padding;
            const ix = ox * g.stride + kx - g.padding;
            if (iy < 0 || iy >= g.inHeight || ix < 0 || ix >= g.inWidth) continue;
            const x = ((n * g.inHeight + iy) * g.inWidth + ix) * c.in;
            const y = ((n * g.outHeight + oy) * g.outWidth + ox) * c.out;
            for (let o = 0; o < c.out; o++)
              for (let i = 0; i < c.in; i++)
                visit(x + i, ((o * c.in + i) * g.kernelHeight + ky) * g.kernelWidth + kx, y + o);
          }
}

/** `y = conv(x, w) + bias`, `[N, H', W', out]`. */
export function convolve(
  c: Convolution,
  x: ArrayLike<number>,
  w: ArrayLike<number>,
  bias?: ArrayLike<number>,
): Float64Array {
  const y = new Float64Array(c.images * c.geometry.outHeight * c.geometry.outWidth * c.out);
  if (bias) y.forEach((_, i) => (y[i] = bias[i % c.out]));
  eachProduct(c, (ix, iw, iy) => (y[iy] += x[ix] * w[iw]));
  return y;
}

/** Gradient of the input, `[N, H, W, in]`. */
export function inputGradient(c: Convolution, dy: ArrayLike<number>, w: ArrayLike<number>): Float64Array {
  const dx = new Float64Array(c.images * c.geometry.inHeight * c.geometry.inWidth * c.in);
  eachProduct(c, (ix, iw, iy) => (dx[ix] += dy[iy] * w[iw]));
  return dx;
}

/** Gradient of the weights, `[out, in, kernelHeight, kernelWidth]`. */
export function weightGradient(c: Convolution, x: ArrayLike<number>, dy: ArrayLike<number>): Float64Array {
  const g = c.geometry;
  const dw = new Float64Array(c.out * c.in * g.kernelHeight * g.kernelWidth);
  eachProduct(c, (ix, iw, iy) => (dw[iw] += x[ix] * dy[iy]));
  return dw;
}
