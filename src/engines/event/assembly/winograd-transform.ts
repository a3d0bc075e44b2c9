// The three transforms of Winograd's F(4×4, 3×3) with the interpolation points 0, ±3/4, ±3/2 and ∞, whose error is 0.2
// to 0.4 of that of the usual 0, ±1, ±2, ∞ (README.md). With a = 3/4 and b = 3/2, one dimension of each:
//
//   input    d₀…d₅ → a²b²d₀ − (a²+b²)d₂ + d₄;  (d₄ − b²d₂) ± a(d₃ − b²d₁);  (d₄ − a²d₂) ± b(d₃ − a²d₁);
//                    a²b²d₁ − (a²+b²)d₃ + d₅
//   weights  g₀…g₂ → g₀/(a²b²);  (g₀ ± a·g₁ + a²g₂) / (2a²(a²−b²));  (g₀ ± b·g₁ + b²g₂) / (2b²(b²−a²));  g₂
//   output   m₀…m₅ → Σ of pointⁱ·m for i = 0…3, and m₅ to the last
import { madd } from './madd';

/** Points of the plane: 6 × 6. */
// @ts-ignore: decorator
@inline
export const POINTS: usize = 36;
// @ts-ignore: decorator
@inline
const A: f32 = 0.75;
// @ts-ignore: decorator
@inline
const B: f32 = 1.5;

/** One dimension of the input transform: six values `step` bytes apart become six, `toStep` bytes apart. */
// @ts-ignore: decorator
@inline
function input6(d0: v128, d1: v128, d2: v128, d3: v128, d4: v128, d5: v128, to: usize, toStep: usize): void {
  const minusA2 = f32x4.splat(-A * A);
  const minusB2 = f32x4.splat(-B * B);
  const product = f32x4.splat(A * A * B * B);
  const sum = f32x4.splat(-(A * A + B * B));
  v128.store(to, madd(product, d0, madd(sum, d2, d4)));
  v128.store(to + 5 * toStep, madd(product, d1, madd(sum, d3, d5)));
  const evenA = madd(minusB2, d2, d4);
  const oddA = f32x4.mul(f32x4.splat(A), madd(minusB2, d1, d3));
  v128.store(to + toStep, f32x4.add(evenA, oddA));
  v128.store(to + 2 * toStep, f32x4.sub(evenA, oddA));
  const evenB = madd(minusA2, d2, d4);
  const oddB = f32x4.mul(f32x4.splat(B), madd(minusA2, d1, d3));
  v128.store(to + 3 * toStep, f32x4.add(evenB, oddB));
  v128.store(to + 4 * toStep, f32x4.sub(evenB, oddB));
}

/**
 * Transforms the 6 × 6 window whose first pixel is (top, left), zero outside the image, of all channels. `work` is
 * 1 KiB of scratch; the point p of channel c goes to `to + p·pointBytes + 4c`.
 */
export function inputTransform(
  image: usize, blockBytes: usize, blocks: i32, lastPitch: usize, height: i32, width: i32, top: i32, left: i32,
  to: usize, pointBytes: usize, work: usize,
): void {
  const inside = top >= 0 && left >= 0 && top + 6 <= height && left + 6 <= width;
  const rowBytes = <usize>width << 7;
  let window = image + (<usize>(top * width + left) << 7);
  for (let b = 0; b < blocks; b++) {
    const pitch = b == blocks - 1 ? lastPitch : 128;
    for (let lane: usize = 0; lane < pitch; lane += 16) {
      // Columns of the window first, into work[row point][column].
      let from = window + lane;
      if (inside)
        for (let column: usize = 0; column < 96; column += 16) {
          const r1 = from + rowBytes;
          const r2 = r1 + rowBytes;
          const r3 = r2 + rowBytes;
          const r4 = r3 + rowBytes;
          input6(v128.load(from), v128.load(r1), v128.load(r2), v128.load(r3), v128.load(r4), v128.load(r4 + rowBytes), work + column, 96);
          from += 128;
        }
      else
        for (let column = 0; column < 6; column++) {
          const outside = <u32>(left + column) >= <u32>width;
          for (let r = 0; r < 6; r++)
            v128.store(
              work + 576 + <usize>(r << 4),
              outside || <u32>(top + r) >= <u32>height ? f32x4.splat(0) : v128.load(from + <usize>r * rowBytes),
            );
          input6(
            v128.load(work, 576), v128.load(work, 592), v128.load(work, 608), v128.load(work, 624), v128.load(work, 640), v128.load(work, 656),
            work + <usize>(column << 4), 96,
          );
          from += 128;
        }
      let target = to + lane;
      for (let row = work, end = work + 576; row < end; row += 96) {
        input6(v128.load(row), v128.load(row, 16), v128.load(row, 32), v128.load(row, 48), v128.load(row, 64), v128.load(row, 80), target, pointBytes);
        target += 6 * pointBytes;
      }
    }
    window += blockBytes;
    to += 128;
  }
}

/**
 * Transforms the products of one tile and one block of 32 channels back: 4 × 4 pixels at `to`, fewer at the edge,
 * added to a bias of 32 floats or to what is there. The point p is at `from + p·pointBytes`.
 */
export function outputTransform(
  from: usize, pointBytes: usize, to: usize, rowBytes: usize, rows: i32, columns: i32, bias: usize, accumulate: i32, work: usize,
): void {
  const rowPoints = 6 * pointBytes;
  for (let lane: usize = 0; lane < 128; lane += 16) {
    let at = from + lane;
    for (let column: usize = 0; column < 96; column += 16) {
      const m0 = v128.load(at);
      const m1 = v128.load(at + rowPoints);
      const m2 = v128.load(at + 2 * rowPoints);
      const m3 = v128.load(at + 3 * rowPoints);
      const m4 = v128.load(at + 4 * rowPoints);
      const m5 = v128.load(at + 5 * rowPoints);
      const sumA = f32x4.add(m1, m2);
      const sumB = f32x4.add(m3, m4);
      const oddA = f32x4.sub(m1, m2);
      const oddB = f32x4.sub(m3, m4);
      const w = work + column;
      v128.store(w, f32x4.add(m0, f32x4.add(sumA, sumB)));
      v128.store(w, madd(f32x4.splat(A), oddA, f32x4.mul(f32x4.splat(B), oddB)), 96);
      v128.store(w, madd(f32x4.splat(A * A), sumA, f32x4.mul(f32x4.splat(B * B), sumB)), 192);
      v128.store(w, madd(f32x4.splat(A * A * A), oddA, madd(f32x4.splat(B * B * B), oddB, m5)), 288);
      at += pointBytes;
    }
    let initial = f32x4.splat(0);
    if (bias) initial = v128.load(bias + lane);
    let target = to + lane;
    const end = work + <usize>min(rows, 4) * 96;
    for (let w = work; w < end; w += 96) {
      const m1 = v128.load(w, 16);
      const m2 = v128.load(w, 32);
      const m3 = v128.load(w, 48);
      const m4 = v128.load(w, 64);
      const sumA = f32x4.add(m1, m2);
      const sumB = f32x4.add(m3, m4);
      const oddA = f32x4.sub(m1, m2);
      const oddB = f32x4.sub(m3, m4);
      let y0 = f32x4.add(v128.load(w), f32x4.add(sumA, sumB));
      let y1 = madd(f32x4.splat(A), oddA, f32x4.mul(f32x4.splat(B), oddB));
      let y2 = madd(f32x4.splat(A * A), sumA, f32x4.mul(f32x4.splat(B * B), sumB));
      let y3 = madd(f32x4.splat(A * A * A), oddA, madd(f32x4.splat(B * B * B), oddB, v128.load(w, 80)));
      put(target, y0, initial, accumulate);
      if (columns > 1) put(target + 128, y1, initial, accumulate);
      if (columns > 2) put(target + 256, y2, initial, accumulate);
      if (columns > 3) put(target + 384, y3, initial, accumulate);
      target += rowBytes;
    }
  }
}

// @ts-ignore: decorator
@inline
function put(at: usize, value: v128, initial: v128, accumulate: i32): void {
  v128.store(at, f32x4.add(value, accumulate ? v128.load(at) : initial));
}

/** Transforms nine vectors of weights `[tap]`, 32·rows bytes apart, to 36 vectors `pointBytes` apart. */
export function weightTransform(from: usize, tapBytes: usize, to: usize, pointBytes: usize, work: usize): void {
  for (let column: usize = 0; column < 3; column++) {
    const g = from + column * tapBytes;
    weights6(v128.load(g), v128.load(g + 3 * tapBytes), v128.load(g + 6 * tapBytes), work + (column << 4), 48);
  }
  for (let row = work, end = work + 288; row < end; row += 48) {
    weights6(v128.load(row), v128.load(row, 16), v128.load(row, 32), to, pointBytes);
    to += 6 * pointBytes;
  }
}

/** One dimension of the weights' transform: three values become six. */
// @ts-ignore: decorator
@inline
function weights6(g0: v128, g1: v128, g2: v128, to: usize, toStep: usize): void {
  v128.store(to, f32x4.mul(g0, f32x4.splat(1 / (A * A * B * B))));
  v128.store(to + 5 * toStep, g2);
  const evenA = madd(g2, f32x4.splat(A * A), g0);
  const oddA = f32x4.mul(g1, f32x4.splat(A));
  const shareA = f32x4.splat(1 / (2 * A * A * (A * A - B * B)));
  v128.store(to + toStep, f32x4.mul(f32x4.add(evenA, oddA), shareA));
  v128.store(to + 2 * toStep, f32x4.mul(f32x4.sub(evenA, oddA), shareA));
  const evenB = madd(g2, f32x4.splat(B * B), g0);
  const oddB = f32x4.mul(g1, f32x4.splat(B));
  const shareB = f32x4.splat(1 / (2 * B * B * (B * B - A * A)));
  v128.store(to + 3 * toStep, f32x4.mul(f32x4.add(evenB, oddB), shareB));
  v128.store(to + 4 * toStep, f32x4.mul(f32x4.sub(evenB, oddB), shareB));
}
