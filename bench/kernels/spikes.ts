// Convolution of spikes, one thread: effective GF/s (2 flops for every product of the dense convolution) of the list
// and the lookup kernels against the spike rate, forward and weight gradient, and what the dispatch makes of it.
//
//   node --import ./test/_register-ts.mjs bench/kernels/spikes.ts [plain|fma]
import { chooseKernel, CROSSOVER } from '../../src/engines/event/dispatch.js';
import { blocksOf } from '../../src/engines/plan/geometry.js';
import type { Build } from '../../src/engines/event/module.js';
import { slicesOf, spikeForward, spikeWeights } from '../../src/engines/event/ops/spike-convolution.js';
import { openKernels } from '../../test/helpers/kernels.js';
import { fillNormal, fillSpikes, spikeOperands } from './operands.js';

const RATES = [0.02, 0.05, 0.1, 0.15, 0.2, 0.3, 0.5];
const SHAPES = [
  { in: 64, out: 64, size: 16 },
  { in: 128, out: 128, size: 16 },
  { in: 128, out: 128, size: 32 },
  { in: 256, out: 256, size: 8 },
];
const IMAGES = 64;
const REPETITIONS = 5;

const build = (process.argv[2] ?? 'fma') as Build;
console.log(
  `build ${build}, ${IMAGES} images, best of ${REPETITIONS}, one thread; GF/s list / lookup, * the one that is chosen`,
);
for (const shape of SHAPES) {
  const pixels = IMAGES * shape.size ** 2;
  const weights = 9 * shape.in * shape.out;
  const outBlocks = blocksOf(shape.out);
  const slices = slicesOf(IMAGES, weights * 4);
  const bench = openKernels(
    build,
    128 + Math.ceil((outBlocks * pixels * 256 + slices * weights * 4) / 2 ** 20),
  );
  const forward = spikeOperands(shape, IMAGES, bench);
  const dy = bench.alloc(outBlocks * pixels * 128 + 4096); // the kernels may read behind its end
  fillNormal(bench.floats(dy, outBlocks * pixels * 32));
  const { geometry, images, words, wordsStride, blocks, rows } = forward;
  const backward = {
    ...{ geometry, images, words, wordsStride, blocks, rows, outBlocks, dy, dyStride: pixels * 128 },
    ...{ gradient: bench.alloc(slices * weights * 4), sliceBytes: weights * 4, slices },
  };
  for (const rate of RATES) {
    fillSpikes(bench.words(words, blocks * pixels), rate);
    const speeds = (['list', 'lookup'] as const).map((kernel) => ({
      forward: speed(() => bench.run(spikeForward(kernel, forward))),
      weights: speed(() => bench.run(spikeWeights(kernel, backward))),
    }));
    const cell = (what: 'forward' | 'weights'): string => {
      const chosen = chooseKernel(rate, CROSSOVER[what]);
      const of = (i: number, kernel: string): string =>
        `${speeds[i][what].toFixed(0)}${kernel === chosen ? '*' : ''}`.padStart(5);
      return `${of(0, 'list')} /${of(1, 'lookup')}`;
    };
    console.log(
      `${shape.in}→${shape.out} ${shape.size}²  rate ${rate.toFixed(2)}   forward ${cell('forward')}   weights ${cell('weights')}`,
    );
  }

  function speed(run: () => void): number {
    run();
    let best = Infinity;
    for (let i = 0; i < REPETITIONS; i++) {
      const from = process.cpuUsage();
      run();
      const { user, system } = process.cpuUsage(from);
      best = Math.min(best, user + system);
    }
    return (2 * weights * pixels) / best / 1000;
  }
}
