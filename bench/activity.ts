// Measures whether cost follows activity: the forward convolution of spikes at several rates, by the kernel that the dispatch
// chooses at each, timed in pairs with the same convolution at 20 %.
import { chooseKernel, CROSSOVER } from '../src/engines/event/dispatch.js';
import { Arena } from '../src/engines/plan/arena.js';
import { FIRST_ADDRESS, ModelMemory } from '../src/engines/event/model-memory.js';
import { spikeForward } from '../src/engines/event/ops/spike-convolution.js';
import { openPool } from '../src/engines/event/pool.js';
import type { Findings } from './findings.js';
import { fillSpikes, spikeOperands, type Shape } from './kernels/operands.js';
import { interleave, type Contestant } from './pairs.js';

const RATES = [2, 5, 10, 15, 30, 50];
/** What every rate is paired with. */
const BASE = 20;
/** Batch 64, T = 4. */
const IMAGES = 256;

/** How the activity is measured. */
export interface ActivityOptions {
  pairs: number;
  threads: number;
  onProgress(text: string): void;
}

/** Pairs of `ours`, a rate, and `theirs`, 20 %: a peer is named by our rate, such as `5%`. */
export async function measureActivity(
  shape: Shape,
  { pairs, threads, onProgress }: ActivityOptions,
): Promise<Findings> {
  const memory = new ModelMemory(FIRST_ADDRESS);
  const arena = new Arena(FIRST_ADDRESS);
  const alloc = (bytes: number): number => {
    const { address } = arena.alloc(bytes);
    memory.reach(arena.peak);
    return address;
  };
  const operands = spikeOperands(shape, IMAGES, { alloc, floats: (at, count) => memory.floats(at, count) });
  const words = (operands.blocks * operands.wordsStride) / 4;
  const pool = await openPool({ threads });
  const ops = [BASE, ...RATES].map((percent) => {
    const address = alloc(words * 4); // spikes of its own for each rate, the rest is shared
    fillSpikes(memory.words(address, words), percent / 100);
    return spikeForward(kernelAt(percent), { ...operands, words: address });
  });
  try {
    const scratch = Math.max(...ops.map((op) => op.scratch));
    const kernels = pool.attach(memory.memory);
    kernels.lay({ address: alloc(pool.areaBytes(scratch)), scratch });
    const [base, ...others] = ops.map((op, i): Contestant => ({
      name: `${[BASE, ...RATES][i]}%`,
      async run() {
        const started = performance.now();
        await kernels.run([op]);
        return (performance.now() - started) / 1000;
      },
    }));
    const times = await interleave(base, others, { pairs, warmUps: 2, onProgress });
    const flipped = times.map(({ peer, ours, theirs }) => ({ peer, ours: theirs, theirs: ours }));
    const notes = [
      `peers are named by our rate; theirs is the same convolution at ${BASE}%`,
      `kernels: ${[BASE, ...RATES].map((rate) => `${rate}% ${kernelAt(rate)}`).join(', ')}`,
    ];
    return { unit: 's', times: flipped, distances: {}, rates: {}, missing: {}, notes };
  } finally {
    await pool.dispose();
  }
}

const kernelAt = (percent: number): ReturnType<typeof chooseKernel> =>
  chooseKernel(percent / 100, CROSSOVER.forward);
