// Compiles the readout, logits of the last layer's output, which need not be linear: plain values where they are not yet. Tests:
// test/engines/event/model.test.ts.
import type { Layer } from '../../network/layers.js';
import { isSettled, settle } from './currents.js';
import type { Compiled, Planner } from './planner.js';
import { type DenseSignal, regionsOf, type Signal } from './signal.js';

/** The readout of a network: dense logits, one pixel an example. */
export interface Readout extends Compiled {
  output: DenseSignal;
}

/** Compiles the readout of `last`, the last layer, whose output is `signal`; of that the memory is given on or back. */
export function compileReadout(planner: Planner, last: Layer, signal: Signal): Readout {
  if (signal.flattened) planner.refuse(last, 'the last layer leaves more than one pixel');
  if (signal.kind === 'dense' && isSettled(signal))
    return { output: signal, backward: (gradient) => gradient };
  const { output, backward }: Compiled =
    signal.kind === 'spikes'
      ? { output: planner.ops.values(signal), backward: (gradient) => gradient }
      : settle(planner, last, signal);
  for (const region of regionsOf(signal)) planner.drop(region);
  return { output: output as DenseSignal, backward };
}
