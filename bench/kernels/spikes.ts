// Convolution of spikes, one thread: effective GF/s (2 flops for every product of the dense convolution) of the list
// and the lookup kernels against the spike rate, forward and weight gradient, and what the dispatch makes of it.
//
//   node --import ./test/_register-ts.mjs bench/kernels/spikes.ts [plain|fma]
import { chooseKernel, CROSSOVER } from '../../src/engines/event/dispatch.js';
import { blocksOf, convolutionGeometry } from '../../src/engines/event/geometry.js';
import type { Build } from '../../src/engines/event/module.js';
import { slicesOf, spikeForward, spikeWeights } from '../../src/engines/event/ops/spike-convolution.js';
import { stream } from '../../src/random.js';
import { openKernels } from '../../test/helpers/kernels.js';

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
  const [inBlocks, outBlocks] = [blocksOf(shape.in), blocksOf(shape.out)];
  const slices = slicesOf(IMAGES, weights * 4);
  const bench = openKernels(
    build,
    128 + Math.ceil((outBlocks * pixels * 256 + slices * weights * 4) / 2 ** 20),
  );
  const geometry = convolutionGeometry([shape.size, shape.size], {
    ...{ kernelHeight: 3, kernelWidth: 3, stride: 1, padding: 1 },
  });
  const { normal, uniform } = stream(1, 'probe', 'spikes');
  const filled = (floats: number): number => {
    const address = bench.alloc(floats * 4 + 4096);
    bench.floats(address, floats).forEach((_, i, all) => (all[i] = 0.1 * normal()));
    return address;
  };
  const common = {
    ...{ geometry, images: IMAGES, words: bench.alloc(inBlocks * pixels * 4), wordsStride: pixels * 4 },
    ...{ blocks: inBlocks, rows: shape.in, outBlocks },
  };
  const forward = {
    ...{
      ...common,
      weights: filled(weights),
      y: bench.alloc(outBlocks * pixels * 128),
      yStride: pixels * 128,
    },
    ...{ bias: 0, accumulate: false },
  };
  const backward = {
    ...{ ...common, dy: filled(outBlocks * pixels * 32), dyStride: pixels * 128 },
    ...{ gradient: bench.alloc(slices * weights * 4), sliceBytes: weights * 4, slices },
  };
  for (const rate of RATES) {
    const words = bench.words(common.words, inBlocks * pixels);
    for (let i = 0; i < words.length; i++) {
      let word = 0;
      for (let bit = 0; bit < 32; bit++) word |= Number(uniform() < rate) << bit;
      words[i] = word;
    }
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
