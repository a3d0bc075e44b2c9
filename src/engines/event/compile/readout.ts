// Compiles what makes logits of the last layer's output, which need not be linear: plain values where they are not yet.
// Tests: test/engines/event/model.test.ts.
import type { Layer } from '../../../network/layers.js';
import { averageOfPlanes, averageSpikes } from '../ops/pool.js';
import { pixelsOf, type DenseSignal, type Signal, type SpikeSignal } from '../signal.js';
import { regionsOf, type Compiled, type Compiler } from './compiler.js';
import { isSettled, settle } from './currents.js';

/** The readout of a network: dense logits, one pixel an example. */
export interface Readout extends Compiled {
  output: DenseSignal;
}

/** Compiles the readout of `last`, the last layer, whose output is `signal`; of that the memory is given on or back. */
export function compileReadout(compiler: Compiler, last: Layer, signal: Signal): Readout {
  if (signal.flattened) compiler.refuse(last, 'the last layer leaves more than one pixel');
  if (signal.kind === 'dense' && isSettled(signal))
    return { output: signal, backward: (gradient) => gradient };
  const { output, backward } =
    signal.kind === 'spikes' ? writeOut(compiler, signal) : settle(compiler, last, signal);
  for (const region of regionsOf(signal)) compiler.drop(region);
  return { output: output as DenseSignal, backward };
}

/** Spikes, or averages of spikes, as numbers. */
export function writeOut(compiler: Compiler, spikes: SpikeSignal): Compiled {
  const { channels, height, width, images, isStatic, learns } = spikes;
  const pixels = pixelsOf(spikes);
  const region = compiler.allocDense(channels, pixels);
  const size = { channels, height, width, images };
  compiler.run(
    spikes.planes === 3
      ? averageOfPlanes(channels, pixels, spikes.region.address, region.address)
      : averageSpikes({ ...size, poolHeight: 1, poolWidth: 1 }, spikes.region.address, region.address),
  );
  return { output: { kind: 'dense', ...size, isStatic, learns, region }, backward: (gradient) => gradient };
}
