// Memory of what a model learns and remembers: regions of one layout, one after the other, each on a multiple of what devices ask of
// bindings; the plans' memory begins behind them. Tests: test/engines/webgpu/plan.test.ts.
import { slotNames } from '../../learning/optimizers/index.js';
import type { Network } from '../../network/layers.js';
import { type ParameterSpec, parameterSpecs } from '../../network/parameters.js';
import type { ModelSettings } from '../engine.js';
import type { Region } from '../plan/arena.js';
import { blocksOf, LANES } from '../plan/geometry.js';
import { layParameters, type Parameters } from '../plan/parameters.js';

/** `minStorageBufferOffsetAlignment` of every device; some allow less. */
export const ALIGNMENT = 256;

/** See the head of the file. */
export interface ModelLayout {
  specs: ParameterSpec[];
  parameters: Parameters;
  parametersAt: number;
  gradientsAt: number;
  slotsAt: number[];
  /** Of each batch norm: where in `running` and in `seen` its mean begins, bytes; its variance follows. */
  statistics: ReadonlyMap<string, { offset: number; channels: number }>;
  /** Running statistics, and those of the batch that they move towards. */
  running: Region;
  seen: Region;
  /** Numbers of the step: of weights, and of what neurons learn. */
  step: Region;
  end: number;
}

const aligned = (bytes: number): number => Math.ceil(bytes / ALIGNMENT) * ALIGNMENT;

/** Bytes of the mean of so many channels; the variance, which follows it, has as many. */
export const meanBytes = (channels: number): number => blocksOf(channels) * LANES * 4;

/** Lays a model's regions out. */
export function layModel(network: Network, settings: ModelSettings): ModelLayout {
  const specs = parameterSpecs(network);
  const parameters = layParameters(network, ALIGNMENT);
  const statistics = new Map<string, { offset: number; channels: number }>();
  let bytes = 0;
  for (const { name, shape, role } of specs)
    if (role === 'runningMean') {
      statistics.set(name.replace(/\.runningMean$/, ''), { offset: bytes, channels: shape[0] });
      bytes += aligned(2 * meanBytes(shape[0]));
    }
  let end = 0;
  const next = (size: number): Region => {
    const address = end;
    end += aligned(Math.max(size, 4));
    return { address, bytes: aligned(Math.max(size, 4)) };
  };
  const [parametersAt, gradientsAt, ...slotsAt] = Array.from(
    { length: 2 + slotNames(settings.optimizer).length },
    () => next(parameters.floats * 4).address,
  );
  return {
    ...{ specs, parameters, parametersAt, gradientsAt, slotsAt, statistics },
    ...{ running: next(bytes), seen: next(bytes), step: next(2 * ALIGNMENT) },
    end,
  };
}

/** All parameters, or all gradients, or a slot. */
export const wholeRegion = ({ parameters }: ModelLayout, address: number): Region => ({
  address,
  bytes: Math.max(parameters.floats * 4, 4),
});
