// Compiles a network: input, layers, readout, loss, and in training the way back, penalty and Parseval step.
// Tests: test/engines/event/plan.test.ts.
import { compileLayers } from './layers.js';
import { compileLipschitz } from './lipschitz.js';
import { compileParseval } from './parseval.js';
import type { Planner } from './planner.js';
import { compileReadout } from './readout.js';
import { type DenseSignal, pixelsOf } from './signal.js';

/** Lists all work of one pass with the planner; gives where the input has to lie, `[block][images·P][32]`. */
export function compileNetwork(planner: Planner): DenseSignal {
  const { network, settings, batch, dynamicInput } = planner.options;
  const [height, width, channels] = network.input;
  const images = dynamicInput ? settings.steps * batch : batch;
  const size = { channels, height, width, images };
  const input: DenseSignal = {
    ...{ kind: 'dense', ...size, isStatic: !dynamicInput, learns: false },
    region: planner.allocDense(channels, pixelsOf(size)),
  };
  const layers = compileLayers(planner, network.layers, input);
  const readout = compileReadout(planner, network.layers.at(-1)!, layers.output);
  const gradient = planner.ops.loss(readout.output);
  planner.drop(readout.output.region);
  if (gradient) {
    const atLayers = readout.backward({ region: gradient, poolHeight: 1, poolWidth: 1 });
    const rest = atLayers && layers.backward(atLayers);
    if (rest) planner.drop(rest.region);
    compileLipschitz(planner);
    compileParseval(planner);
  }
  planner.drop(input.region);
  return input;
}
