// LIF neurons whose potential is normalised, z = scale[t]·v + shift[t], step by step: between the steps the calling thread makes
// scale and shift of the statistics of v. Equations: src/network/kinds/mpbn.ts.
import { MpbnBackward, MpbnFire, MpbnFiring, MpbnPotential } from './arguments'; // generated: ../kernel-arguments.ts
import { afterReset, potential } from './current';
import { ROW } from './layout';
import { madd } from './madd';
import { derivative } from './surrogates'; // generated: ../surrogate-kernels.ts

/** `v = tau·u + x`, u from `before`, v of the step before (0: there is none). One block and one chunk of pixels a unit. */
export function mpbnPotential(args: MpbnPotential, unit: i32, _scratch: usize): void {
  const chunks = (args.pixels + args.chunk - 1) / args.chunk;
  const block = <usize>(unit / chunks);
  const first = (unit % chunks) * args.chunk;
  const bytes = <usize>min(args.chunk, args.pixels - first) * ROW;
  const tau = f32x4.splat(args.tau);
  const theta = f32x4.splat(args.theta);
  const level = f32x4.splat(args.level);
  const hard = i32x4.splat(args.hard);
  const x = args.x + block * args.xBlock + <usize>first * ROW;
  const target = args.v + block * args.vBlock + <usize>first * ROW;
  const before = args.before + block * args.vBlock + <usize>first * ROW;
  for (let lane: usize = 0; lane < ROW; lane += 16) {
    if (!args.before) {
      for (let i: usize = lane; i < bytes; i += ROW) v128.store(target + i, v128.load(x + i));
      continue;
    }
    const scale = v128.load(args.scale + block * ROW + lane);
    const shift = v128.load(args.shift + block * ROW + lane);
    for (let i: usize = lane; i < bytes; i += ROW) {
      const v = v128.load(before + i);
      const u = afterReset(v, f32x4.gt(madd(v, scale, shift), level), theta, hard);
      v128.store(target + i, potential(u, v128.load(x + i), tau));
    }
  }
}

/** Spikes of all steps as words, and how many at `counts`. */
export function mpbnFire(args: MpbnFire, unit: i32, _scratch: usize): void {
  const chunks = (args.pixels + args.chunk - 1) / args.chunk;
  const block = <usize>(unit / chunks);
  const first = (unit % chunks) * args.chunk;
  const last = min(first + args.chunk, args.pixels);
  const level = f32x4.splat(args.level);
  let fired: u32 = 0;
  for (let t: usize = 0; t < <usize>args.steps; t++) {
    const vectors = (t * <usize>args.blocks + block) * ROW;
    const scale = args.scale + vectors;
    const shift = args.shift + vectors;
    const v = args.v + block * args.vBlock + t * args.vStep;
    const spikes = args.spikes + block * args.spikesBlock + t * (<usize>args.pixels << 2);
    for (let i = first; i < last; i++) {
      let word: u32 = 0;
      for (let lane: usize = 0; lane < ROW; lane += 16) {
        const z = madd(v128.load(v + <usize>i * ROW + lane), v128.load(scale + lane), v128.load(shift + lane));
        word |= <u32>i32x4.bitmask(f32x4.gt(z, level)) << <u32>(lane >> 2);
      }
      store<u32>(spikes + (<usize>i << 2), word);
      fired += popcnt(word);
    }
  }
  store<u32>(args.counts + (<usize>unit << 2), fired);
}

/** The gradient of z of one step, from that of its spikes and `u`, that of its potential after the reset (0: there is none). */
export function mpbnFiring(args: MpbnFiring, unit: i32, _scratch: usize): void {
  const chunks = (args.pixels + args.chunk - 1) / args.chunk;
  const block = <usize>(unit / chunks);
  const first = (unit % chunks) * args.chunk;
  const bytes = <usize>min(args.chunk, args.pixels - first) * ROW;
  const theta = f32x4.splat(args.theta);
  const level = f32x4.splat(args.level);
  const peak = f32x4.splat(args.peak);
  const hard = i32x4.splat(args.hard);
  const undetached = i32x4.splat(args.undetached);
  const delta = f32x4.splat(args.delta);
  const floor = f32x4.splat(args.floor);
  const a = f32x4.splat(args.a);
  const b = f32x4.splat(args.b);
  const one = f32x4.splat(1);
  const sign = i32x4.splat(<i32>0x80000000);
  const step = <usize>args.pixels * ROW;
  const gradient = args.gradient + block * args.gradientBlock + <usize>first * ROW;
  const v = args.v + block * args.vBlock + <usize>first * ROW;
  const offset = block * step + <usize>first * ROW;
  for (let lane: usize = 0; lane < ROW; lane += 16) {
    const scale = v128.load(args.scale + block * ROW + lane);
    const shift = v128.load(args.shift + block * ROW + lane);
    for (let i: usize = lane; i < bytes; i += ROW) {
      const now = v128.load(v + i);
      const z = madd(now, scale, shift);
      const fired = f32x4.gt(z, level);
      let gO = v128.load(gradient + i);
      if (args.u) {
        const gU = v128.load(args.u + offset + i);
        gO = f32x4.sub(gO, v128.and(f32x4.mul(gU, v128.bitselect(now, theta, hard)), undetached));
      }
      // the surrogate's height times 1 + δ·sign(g_o)·(z − o), the sign by its bit: where g_o is zero the scale does not matter
      const distance = v128.xor(f32x4.sub(z, v128.and(fired, one)), v128.and(gO, sign));
      const scaled = f32x4.mul(gO, f32x4.pmax(madd(delta, distance, peak), floor));
      v128.store(args.target + offset + i, f32x4.mul(scaled, derivative(args.kind, f32x4.sub(z, theta), a, b)));
    }
  }
}

/**
 * The gradient of the current of one step, `a·g + b·v + c` and what comes through the reset; `reads`: u holds the gradient of the
 * potential after the reset, which becomes that of the step before. `dx` may be where v lies; `adds`: to what is there.
 */
export function mpbnBackward(args: MpbnBackward, unit: i32, _scratch: usize): void {
  const chunks = (args.pixels + args.chunk - 1) / args.chunk;
  const block = <usize>(unit / chunks);
  const first = (unit % chunks) * args.chunk;
  const bytes = <usize>min(args.chunk, args.pixels - first) * ROW;
  const tau = f32x4.splat(args.tau);
  const level = f32x4.splat(args.level);
  const hard = i32x4.splat(args.hard);
  const offset = block * <usize>args.pixels * ROW + <usize>first * ROW;
  const v = args.v + block * args.vBlock + <usize>first * ROW;
  const dx = args.dx + block * args.dxBlock + <usize>first * ROW;
  for (let lane: usize = 0; lane < ROW; lane += 16) {
    const vectors = block * ROW + lane;
    const scale = v128.load(args.scale + vectors);
    const shift = v128.load(args.shift + vectors);
    const a = v128.load(args.a + vectors);
    const b = v128.load(args.b + vectors);
    const c = v128.load(args.c + vectors);
    for (let i: usize = lane; i < bytes; i += ROW) {
      const now = v128.load(v + i);
      let g = madd(v128.load(args.gradient + offset + i), a, madd(now, b, c));
      if (args.reads) {
        const fired = f32x4.gt(madd(now, scale, shift), level);
        g = f32x4.add(g, v128.andnot(v128.load(args.u + offset + i), v128.and(fired, hard)));
      }
      v128.store(args.u + offset + i, f32x4.mul(g, tau));
      v128.store(dx + i, args.adds ? f32x4.add(v128.load(dx + i), g) : g);
    }
  }
}
