// Checks the state of a model, for every engine: parameters, running statistics, optimizer slots.
import { SettingsError } from '../errors.js';
import { type OptimizerSettings, slotNames } from '../learning/optimizers/index.js';
import type { Network } from '../network/layers.js';
import { isTrainable, parameterSpecs, sizeOf, type TensorMap } from '../network/parameters.js';
import type { ModelState } from './engine.js';

/** The slots of an optimizer that has not moved anything yet: zeros, by `<parameter>/<slot>`. */
export function emptySlots(network: Network, settings: OptimizerSettings): TensorMap {
  const slots: TensorMap = {};
  for (const { name, shape } of parameterSpecs(network).filter(isTrainable))
    for (const slot of slotNames(settings))
      slots[`${name}/${slot}`] = { shape, data: new Float32Array(sizeOf(shape)) };
  return slots;
}

/**
 * Checks that a state is exactly that of a network and an optimizer.
 *
 * @throws SettingsError naming the first tensor that is missing, unknown or of another shape
 */
export function checkState(state: ModelState, network: Network, settings: OptimizerSettings): void {
  checkTensors(state.weights, parameterSpecs(network), 'weights');
  const slots = Object.entries(emptySlots(network, settings)).map(([name, { shape }]) => ({ name, shape }));
  checkTensors(state.optimizer, slots, 'optimizer state');
}

function checkTensors(tensors: TensorMap, expected: { name: string; shape: number[] }[], what: string): void {
  const known = new Set(expected.map(({ name }) => name));
  for (const { name, shape } of expected) {
    const given = Object.hasOwn(tensors, name) ? tensors[name] : undefined;
    if (given === undefined)
      throw new SettingsError(`${what}: ${name} is missing; give the weights of this network`);
    if (given.shape.join() !== shape.join())
      throw new SettingsError(
        `${what}: ${name} has shape [${given.shape}], the network needs [${shape}]; give the weights of this network`,
      );
  }
  for (const name of Object.keys(tensors))
    if (!known.has(name))
      throw new SettingsError(
        `${what}: ${name} is not part of the network; give the weights of this network`,
      );
}
