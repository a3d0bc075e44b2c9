// Lowers the forward pass of a convolution of spikes in inference: every image goes the way that its own density chooses, so that
// its result does not depend on what else is in the batch, or on how a batch is cut.
// Tests: test/engines/event/model.test.ts.
import { chooseKernel, CROSSOVER, denseIsCheaper } from '../dispatch.js';
import { blocksOf } from '../../plan/geometry.js';
import type { Op } from '../op.js';
import { imageCounts } from '../ops/planes.js';
import type { SpikeKernel } from '../ops/spike-convolution.js';
import type { SpikeSignal } from '../../plan/signal.js';
import type { Compiler } from '../compiler.js';

/** The images of a batch that an op takes: how many, and the address of their numbers; 0: the first ones. */
export interface Images {
  images: number;
  which: number;
}

/** The ways of convolving the planes of an input. */
export interface Ways {
  /** One plane, added to those before it. */
  plane(kernel: SpikeKernel, plane: number, of: Images): Op;
  /** All planes as real values, where that can be faster. */
  dense?(of: Images): Op[];
}

/** Emits it; `candidates` are the ops that would take all images. */
export function forwardByImage(compiler: Compiler, input: SpikeSignal, ways: Ways, candidates: Op[]): void {
  const { images, planes, channels } = input;
  const pixels = input.height * input.width;
  const counts = compiler.alloc(planes * images * 4);
  const lists = compiler.alloc((planes + 1) * images * 4);
  compiler.run(
    imageCounts(input.region.address, { planes, blocks: blocksOf(channels), images, pixels }, counts.address),
  );
  compiler.host((host) => {
    const ones = host.words(counts.address, planes * images);
    const shares = Float64Array.from(ones, (count) => count / (pixels * channels));
    const sharesOf = (n: number): Float64Array =>
      Float64Array.from({ length: planes }, (_, plane) => shares[plane * images + n]);
    let end = lists.address;
    /** Writes the numbers of images down; ops read them there. */
    const listed = (numbers: number[]): Images => {
      host.words(end, numbers.length).set(numbers);
      const of = { images: numbers.length, which: numbers.length === images ? 0 : end };
      end += numbers.length * 4;
      return of;
    };
    const all = Array.from({ length: images }, (_, n) => n);
    const isDense = all.map((n) => ways.dense !== undefined && denseIsCheaper(sharesOf(n), CROSSOVER));
    const ops: Op[] = [];
    const dense = all.filter((n) => isDense[n]);
    if (dense.length > 0) ops.push(...ways.dense!(listed(dense)));
    const sparse = all.filter((n) => !isDense[n]);
    for (let plane = 0; plane < planes; plane++)
      for (const kernel of ['list', 'lookup'] as const) {
        const chosen = sparse.filter(
          (n) => chooseKernel(shares[plane * images + n], CROSSOVER.forward) === kernel,
        );
        if (chosen.length > 0) ops.push(ways.plane(kernel, plane, listed(chosen)));
      }
    return ops;
  }, candidates);
  compiler.drop(counts);
  compiler.drop(lists);
}
