// Activity counts during inference: non-zero inputs of synapses, spikes of neurons, and exact synaptic operations,
// read by the calling thread where each layer runs. Only in plans that were compiled for it.
// Tests: test/engines/event/model.test.ts.
import { reachOf } from '../../../network/geometry.js';
import type { LayerActivity } from '../../engine.js';
import { blocksOf, LANES } from '../../plan/geometry.js';
import type { Host } from '../../plan/host.js';
import { type DenseSignal, pixelsOf, type SpikeSignal } from '../../plan/signal.js';
import type { ConvolutionSite } from '../../plan/ops.js';
import type { Compiler } from '../compiler.js';

/** Counts the input of a convolution or linear layer. */
export function countSynapses(compiler: Compiler, { layer, input, geometry }: ConvolutionSite): void {
  const { steps } = compiler.settings;
  const positions = input.height * input.width;
  const reach = reachOf(geometry);
  compiler.host((host) => {
    const nonZero = nonZeroReader(host, input);
    const perStep = input.isStatic ? input.images : input.images / steps;
    const counted = Array.from({ length: input.images / perStep }, (_, t) => {
      let [sum, operations] = [0, 0];
      for (let image = t * perStep; image < (t + 1) * perStep; image++)
        for (let p = 0; p < positions; p++) {
          const count = nonZero(image * positions + p);
          sum += count;
          operations += count * reach[p] * layer.out;
        }
      return { sum, operations };
    });
    const everyStep = Array.from({ length: steps }, (_, t) => counted[input.isStatic ? 0 : t]);
    compiler.activity.push({
      layer: layer.name,
      kind: 'synapse',
      nonZero: everyStep.map(({ sum }) => sum),
      size: perStep * positions * input.channels,
      operations: everyStep.map(({ operations }) => operations),
    });
  });
}

/** Counts the spikes of a layer of neurons, or what it gives instead. */
export function countSpikes(compiler: Compiler, layer: string, spikes: DenseSignal | SpikeSignal): void {
  const { steps } = compiler.settings;
  compiler.host((host) => {
    const nonZero = nonZeroReader(host, spikes);
    const perStep = pixelsOf(spikes) / steps;
    const counts: LayerActivity['nonZero'] = Array.from({ length: steps }, (_, t) => {
      let sum = 0;
      for (let pixel = t * perStep; pixel < (t + 1) * perStep; pixel++) sum += nonZero(pixel);
      return sum;
    });
    compiler.activity.push({ layer, kind: 'neuron', nonZero: counts, size: perStep * spikes.channels });
  });
}

/** Number of channels of a pixel that are not zero. */
function nonZeroReader(host: Host, input: DenseSignal | SpikeSignal): (pixel: number) => number {
  const pixels = pixelsOf(input);
  const blocks = blocksOf(input.channels);
  if (input.kind === 'dense') {
    const values = host.floats(input.region.address, blocks * pixels * LANES);
    return (pixel) => {
      let count = 0;
      for (let block = 0; block < blocks; block++) {
        const at = (block * pixels + pixel) * LANES;
        for (let lane = 0; lane < LANES; lane++) count += Number(values[at + lane] !== 0); // padding is zero
      }
      return count;
    };
  }
  const words = host.words(input.region.address, input.planes * blocks * pixels);
  return (pixel) => {
    let count = 0;
    for (let block = 0; block < blocks; block++) {
      let any = 0; // a pooled value is not zero where a bit of any plane is set
      for (let plane = 0; plane < input.planes; plane++)
        any |= words[(plane * blocks + block) * pixels + pixel];
      count += bitCount(any);
    }
    return count;
  };
}

/** Ones in a 32-bit word. */
function bitCount(word: number): number {
  let w = word - ((word >>> 1) & 0x55555555);
  w = (w & 0x33333333) + ((w >>> 2) & 0x33333333);
  return (((w + (w >>> 4)) & 0x0f0f0f0f) * 0x01010101) >>> 24;
}
