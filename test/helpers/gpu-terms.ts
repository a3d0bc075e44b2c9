// Currents for the kernels of engine webgpu that add them up, put into a bench's memory.
import { blocksOf, LANES } from '../../src/engines/plan/geometry.js';
import { normBytes, type SpikeSignal, type DenseSignal, type Terms } from '../../src/engines/plan/signal.js';
import type { CurrentTerm } from './currents.js';
import type { GpuBench } from './gpu.js';

/** Terms in memory. A term whose norm changes nothing has none where `plain`. */
export const gpuTerms = (
  bench: GpuBench,
  terms: readonly CurrentTerm[],
  { channels, isStatic = false }: { channels: number; isStatic?: boolean },
): Terms =>
  terms.map((term): DenseSignal | SpikeSignal => {
    const values = 'spikes' in term ? term.spikes : term.y;
    const size = { channels, height: 1, width: 1, images: values.length / channels, isStatic, learns: true };
    if ('spikes' in term)
      return { kind: 'spikes', ...size, planes: 1, region: bench.words(term.spikes, channels) };
    const padded = blocksOf(channels) * LANES;
    const vectors = new Float32Array(normBytes(channels) / 4);
    for (const [i, vector] of [term.scale, term.shift, term.hatScale, term.hatShift].entries())
      vectors.set(Float32Array.from(vector), i * padded);
    return {
      ...{ kind: 'dense', ...size, region: bench.dense(term.y, channels) },
      norm: { channels, vectors: bench.put(vectors) },
    };
  }) as Terms;

/** Adds up partial sums, `[block][chunk][96]`: Σ g and Σ g·x̂ of either term, by channel. */
export function gpuSums(partial: Float32Array, channels: number, chunks: number): Float64Array[] {
  return [0, 32, 64].map((offset) =>
    Float64Array.from({ length: channels }, (_, c) => {
      let total = 0;
      for (let chunk = 0; chunk < chunks; chunk++)
        total += partial[(Math.floor(c / LANES) * chunks + chunk) * 96 + offset + (c % LANES)];
      return total;
    }),
  );
}
