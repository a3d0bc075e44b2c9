// Gram matrices of weights, for Lipschitz regularisation: M has a row for every input of a kernel and a column for
// every output channel.
import { Gram, GramGradient } from './arguments'; // generated: ../kernel-arguments.ts
import { ROW, TILE } from './layout';
import { madd } from './madd';

/**
 * One unit: one 32 × 32 tile of `G = MᵀM − I`, `[block][block][32][32]`; M has `rows` rows.
 * Padding channels have no one on the diagonal: their rows and columns stay 0.
 */
export function gram(args: Gram, unit: i32, _scratch: usize): void {
  const rows = <usize>args.rows * ROW;
  const blocks = args.blocks;
  const channels = args.channels;
  const block = unit / blocks;
  const a = args.weights + <usize>block * rows;
  const b = args.weights + <usize>(unit % blocks) * rows;
  const tile = args.matrix + <usize>unit * TILE;
  for (let i: usize = 0; i < 32; i += 4)
    for (let lane: usize = 0; lane < ROW; lane += 32) {
      let c00 = f32x4.splat(0);
      let c01 = c00;
      let c10 = c00;
      let c11 = c00;
      let c20 = c00;
      let c21 = c00;
      let c30 = c00;
      let c31 = c00;
      let p = a + (i << 2);
      let q = b + lane;
      const end = q + rows;
      while (q < end) {
        const b0 = v128.load(q);
        const b1 = v128.load(q, 16);
        const a0 = v128.load32_splat(p);
        c00 = madd(a0, b0, c00);
        c01 = madd(a0, b1, c01);
        const a1 = v128.load32_splat(p, 4);
        c10 = madd(a1, b0, c10);
        c11 = madd(a1, b1, c11);
        const a2 = v128.load32_splat(p, 8);
        c20 = madd(a2, b0, c20);
        c21 = madd(a2, b1, c21);
        const a3 = v128.load32_splat(p, 12);
        c30 = madd(a3, b0, c30);
        c31 = madd(a3, b1, c31);
        p += ROW;
        q += ROW;
      }
      const to = tile + i * ROW + lane;
      v128.store(to, c00);
      v128.store(to, c01, 16);
      v128.store(to, c10, 128);
      v128.store(to, c11, 144);
      v128.store(to, c20, 256);
      v128.store(to, c21, 272);
      v128.store(to, c30, 384);
      v128.store(to, c31, 400);
    }
  if (block == unit % blocks)
    for (let i = 0; i < min(32, channels - block * 32); i++) {
      const diagonal = tile + <usize>i * (ROW + 4);
      store<f32>(diagonal, load<f32>(diagonal) - 1);
    }
}

/**
 * One unit: `rowsPerUnit` rows (a multiple of 4, as `rows` is) of one block of `gradient += scale · M·G`.
 */
export function gramGradient(args: GramGradient, unit: i32, _scratch: usize): void {
  const weights = args.weights;
  const rows = args.rows;
  const blocks = args.blocks;
  const scale = f32x4.splat(args.scale);
  const perUnit = args.rowsPerUnit;
  const units = (rows + perUnit - 1) / perUnit;
  const block = unit / units;
  const first = (unit % units) * perUnit;
  const last = min(first + perUnit, rows);
  const matrix = <usize>rows * ROW;
  const tiles = args.matrix + <usize>block * TILE;
  const gradient = args.gradient + <usize>block * matrix;
  for (let row = first; row < last; row += 4)
    for (let lane: usize = 0; lane < ROW; lane += 32) {
      let c00 = f32x4.splat(0);
      let c01 = c00;
      let c10 = c00;
      let c11 = c00;
      let c20 = c00;
      let c21 = c00;
      let c30 = c00;
      let c31 = c00;
      for (let other = 0; other < blocks; other++) {
        let p = weights + <usize>other * matrix + <usize>row * ROW;
        let q = tiles + <usize>(other * blocks) * TILE + lane;
        const end = p + ROW;
        while (p < end) {
          const b0 = v128.load(q);
          const b1 = v128.load(q, 16);
          const a0 = v128.load32_splat(p);
          c00 = madd(a0, b0, c00);
          c01 = madd(a0, b1, c01);
          const a1 = v128.load32_splat(p, 128);
          c10 = madd(a1, b0, c10);
          c11 = madd(a1, b1, c11);
          const a2 = v128.load32_splat(p, 256);
          c20 = madd(a2, b0, c20);
          c21 = madd(a2, b1, c21);
          const a3 = v128.load32_splat(p, 384);
          c30 = madd(a3, b0, c30);
          c31 = madd(a3, b1, c31);
          p += 4;
          q += ROW;
        }
      }
      const to = gradient + <usize>row * ROW + lane;
      v128.store(to, madd(c00, scale, v128.load(to)));
      v128.store(to, madd(c01, scale, v128.load(to, 16)), 16);
      v128.store(to, madd(c10, scale, v128.load(to, 128)), 128);
      v128.store(to, madd(c11, scale, v128.load(to, 144)), 144);
      v128.store(to, madd(c20, scale, v128.load(to, 256)), 256);
      v128.store(to, madd(c21, scale, v128.load(to, 272)), 272);
      v128.store(to, madd(c30, scale, v128.load(to, 384)), 384);
      v128.store(to, madd(c31, scale, v128.load(to, 400)), 400);
    }
}
