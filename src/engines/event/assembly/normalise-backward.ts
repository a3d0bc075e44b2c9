// Batch norm, backward: what is left when the sums over the batch are known is one affine expression a channel.
import { NormaliseBackward } from './arguments'; // generated: ../kernel-arguments.ts
import { madd } from './madd';
import { ROW } from './layout';

/** `dy = a·g + b·y + c`, one block and one chunk of pixels a unit. Arguments: see ops/batch-norm.ts. */
export function normaliseBackward(args: NormaliseBackward, unit: i32, _scratch: usize): void {
  const pixels = args.pixels;
  const chunk = args.chunk;
  const chunks = (pixels + chunk - 1) / chunk;
  const block = <usize>(unit / chunks);
  const first = (unit % chunks) * chunk;
  const bytes = <usize>min(chunk, pixels - first) * ROW;
  const start = (block * <usize>pixels + <usize>first) * ROW;
  for (let lane: usize = 0; lane < ROW; lane += 32) {
    const vectors = args.a + block * ROW + lane;
    const vectorsB = args.b + block * ROW + lane;
    const vectorsC = args.c + block * ROW + lane;
    const a0 = v128.load(vectors);
    const a1 = v128.load(vectors, 16);
    const b0 = v128.load(vectorsB);
    const b1 = v128.load(vectorsB, 16);
    const c0 = v128.load(vectorsC);
    const c1 = v128.load(vectorsC, 16);
    let g = args.gradient + start + lane;
    let y = args.y + start + lane;
    let to = args.target + start + lane;
    const end = g + bytes;
    while (g < end) {
      v128.store(to, madd(v128.load(g), a0, madd(v128.load(y), b0, c0)));
      v128.store(to, madd(v128.load(g, 16), a1, madd(v128.load(y, 16), b1, c1)), 16);
      g += ROW;
      y += ROW;
      to += ROW;
    }
  }
}
