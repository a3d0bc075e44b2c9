// The plain engine: every layer, loss and optimizer in loops over float64, written to be read beside the paper. Slow, and
// what the kernels of the other engines are tested against. Tests: test/engines/plain/model.test.ts.
import type { Layer, Network } from '../../network/layers.js';
import { isTrainable, parameterSpecs, sizeOf } from '../../network/parameters.js';
import { placeLayers } from '../../network/shapes.js';
import { equationsOf } from '../../neurons/settings.js';
import { slotNames } from '../../learning/optimizers/index.js';
import type { Engine, ModelSettings } from '../engine.js';
import { plainModel } from './model.js';

/** Raised whenever this engine's arithmetic changes a result; part of every run id. */
const NUMERICS_VERSION = 1;

/** Opens the engine. There is nothing to load, and nothing that it refuses. */
export const createPlainEngine = (): Engine => ({
  numerics: {
    ...{ engine: 'plain', backend: 'float64', build: 'plain' },
    ...{ version: NUMERICS_VERSION, deterministic: true },
  },
  description: 'engine plain, loops in float64: slow, made to be read and to test the others',
  createModel: plainModel,
  peakBytes: async (network, settings, batchSize, { evaluation = 0 } = {}) =>
    bytesOf(network, settings, Math.max(batchSize, evaluation)),
  dispose: () => undefined,
});

/** Values kept of each output: itself, potentials or x̂, its gradient and the one that follows from it. */
const PER_OUTPUT = 4;

/** Of neurons that are equations every variable is kept, of other outputs one. */
const variablesOf = (layer: Layer): number =>
  layer.type === 'neuron' ? 1 + equationsOf(layer.model).forward.length / PER_OUTPUT : 1;

function bytesOf(network: Network, { steps, optimizer }: ModelSettings, batch: number): number {
  const outputs = placeLayers(network).reduce(
    (sum, { layer, output }) => sum + variablesOf(layer) * sizeOf(output),
    sizeOf(network.input),
  );
  const learned = parameterSpecs(network)
    .filter(isTrainable)
    .reduce((sum, { shape }) => sum + sizeOf(shape), 0);
  return 8 * (PER_OUTPUT * outputs * steps * batch + (3 + slotNames(optimizer).length) * learned);
}
