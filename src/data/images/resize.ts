// Resizing of 8-bit pictures, bit for bit as Pillow's Image.resize with BILINEAR does it: a triangle filter that widens
// when the picture shrinks (antialiasing), horizontally, then vertically, in fixed point, rounded after each pass.
// (Pillow 13 goes vertically first where the height shrinks much more than the width; frames are square.)

/** The sizes of a resize, in pixels. */
export interface Resize {
  width: number;
  height: number;
  toWidth: number;
  toHeight: number;
}

/** Turns a plane `[height, width]` into one of `[toHeight, toWidth]`. */
export type PlaneResizer = (plane: Uint8Array) => Uint8Array;

/** Bits after the point of a weight: 32, less 8 for the pixel and 2 that Pillow keeps for filters with negative lobes. */
const PRECISION_BITS = 32 - 8 - 2;
const HALF = 1 << (PRECISION_BITS - 1);

/** Source pixels of destination pixel i: those from `first[i]` to `end[i] − 1`, `weights[i · taps]` on. */
interface Filter {
  taps: number;
  first: Int32Array;
  end: Int32Array;
  weights: Int32Array;
}

/**
 * Prepares a bilinear resize; the result can be used for any number of planes.
 *
 * With `scale = from/to` and `width = max(scale, 1)`, destination pixel i weighs the source pixel with centre c by the
 * triangle `max(0, 1 − |c − (i + ½)·scale| / width)`, weights normalised to 1.
 *
 * Error: none against Pillow 9.5 to 13.0 (test/data/resize.test.ts). Source: Pillow, src/libImaging/Resample.c.
 */
export function bilinearResizer({ width, height, toWidth, toHeight }: Resize): PlaneResizer {
  const across = triangleFilter(width, toWidth);
  const down = triangleFilter(height, toHeight);
  const narrow = new Uint8Array(height * toWidth);
  const sums = new Int32Array(toWidth);
  return (plane) => {
    filterRows(across, plane, width, height, narrow);
    return filterColumns(down, narrow, toWidth, sums, new Uint8Array(toHeight * toWidth));
  };
}

/**
 * Prepares a bilinear resize of a grey and an alpha plane as Pillow resizes an image of mode LA: the grey values are
 * multiplied by alpha/255 (rounded), both planes are resized, and the grey values are divided by alpha/255 again (rounded
 * down, at most 255; left alone where alpha is 0 or 255). An image that keeps its size is copied.
 *
 * Alpha comes out as a plane resized alone; grey does not: where alpha is 0 it is lost.
 *
 * Error: none against Pillow 9.5 to 13.0 (test/data/resize.test.ts). Source: Pillow, Image.resize and Convert.c.
 */
export function greyAlphaResizer(
  sizes: Resize,
): (grey: Uint8Array, alpha: Uint8Array) => [grey: Uint8Array, alpha: Uint8Array] {
  if (sizes.width === sizes.toWidth && sizes.height === sizes.toHeight)
    return (grey, alpha) => [grey.slice(), alpha.slice()];
  const resize = bilinearResizer(sizes);
  return (grey, alpha) => {
    const premultiplied = new Uint8Array(grey.length);
    for (let i = 0; i < grey.length; i++) premultiplied[i] = dividedBy255(grey[i] * alpha[i]);
    const [resizedGrey, resizedAlpha] = [resize(premultiplied), resize(alpha)];
    for (let i = 0; i < resizedGrey.length; i++) {
      const share = resizedAlpha[i];
      if (share > 0 && share < 255)
        resizedGrey[i] = Math.min(255, Math.floor((255 * resizedGrey[i]) / share));
    }
    return [resizedGrey, resizedAlpha];
  };
}

/** `value / 255` rounded to the nearest, for 0 … 255², without a division (Pillow's MULDIV255). */
const dividedBy255 = (value: number): number => (((value + 128) >> 8) + value + 128) >> 8;

function triangleFilter(from: number, to: number): Filter {
  const scale = from / to;
  const support = Math.max(scale, 1);
  const taps = Math.ceil(support) * 2 + 1;
  const first = new Int32Array(to);
  const ends = new Int32Array(to);
  const weights = new Int32Array(to * taps);
  for (let i = 0; i < to; i++) {
    const centre = (i + 0.5) * scale;
    const start = Math.max(0, Math.trunc(centre - support + 0.5));
    const end = Math.min(from, Math.trunc(centre + support + 0.5));
    const shares: number[] = [];
    let sum = 0;
    for (let source = start; source < end; source++) {
      // Multiplied by the inverse, not divided: the last bit of the double decides a rounding now and then.
      const share = Math.max(0, 1 - Math.abs((source - centre + 0.5) * (1 / support)));
      shares.push(share);
      sum += share;
    }
    first[i] = start;
    ends[i] = end;
    shares.forEach((share, tap) => {
      weights[i * taps + tap] = Math.trunc(0.5 + (share / sum) * 2 ** PRECISION_BITS);
    });
  }
  return { taps, first, end: ends, weights };
}

/**
 * The horizontal pass. Weights are ≥ 0 and sum to 1, hence no sum leaves 32 bits and no result is above 255; Math.imul
 * says so to the engine (a third faster).
 */
function filterRows(
  { taps, first, end, weights }: Filter,
  plane: Uint8Array,
  width: number,
  height: number,
  result: Uint8Array,
): void {
  for (let row = 0, to = 0; row < height; row++)
    for (let i = 0; i < first.length; i++) {
      let sum = HALF;
      const stop = row * width + end[i];
      for (let from = row * width + first[i], tap = i * taps; from < stop; from++, tap++)
        sum = (sum + Math.imul(plane[from], weights[tap])) | 0;
      result[to++] = sum >> PRECISION_BITS;
    }
}

/** The vertical pass, whole rows at a time. `sums` is room for one row. */
function filterColumns(
  { taps, first, end, weights }: Filter,
  plane: Uint8Array,
  width: number,
  sums: Int32Array,
  result: Uint8Array,
): Uint8Array {
  for (let row = 0, to = 0; row < first.length; row++) {
    sums.fill(HALF);
    for (let from = first[row], tap = row * taps; from < end[row]; from++, tap++) {
      const weight = weights[tap];
      for (let i = 0, at = from * width; i < width; i++, at++) sums[i] += Math.imul(plane[at], weight);
    }
    for (let i = 0; i < width; i++) result[to++] = sums[i] >> PRECISION_BITS;
  }
  return result;
}
