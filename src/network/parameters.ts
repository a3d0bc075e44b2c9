// Parameters and running statistics of a network, by name and shape.
import { sizeOf } from './geometry.js';
import type { ParameterRole } from './layer.js';
import { layerParameters, type Network } from './layers.js';
import { placeLayers } from './shapes.js';

export { sizeOf } from './geometry.js';

/** A named parameter (learned) or buffer (running statistic) and its shape. */
export interface ParameterSpec {
  /**
   * `<layer>.weight`, `<layer>.bias`, `<layer>.runningMean`, `<layer>.runningVariance`; of neurons that are equations
   * `<layer>.` and the name of what they learn.
   */
  name: string;
  /** Conv `[out, in, kernel, kernel]`, linear `[out, in]`, of neurons `[1]`, `[C]` or `[H, W, C]`, of steps `[T]` or `[T, C]`, otherwise `[channels]`. */
  shape: number[];
  /** Inputs that reach one output: sets the bound of the initial uniform distribution. */
  fanIn: number;
  role: ParameterRole;
  /** Initial value of all of its values; of what neurons learn, and of scales that do not begin at 1. */
  initial?: number;
  /** Standard deviation of what each value has more; default none. */
  spread?: number;
}

/**
 * Every parameter and buffer of a network in execution order. Batch norm: `weight` is the scale γ, `bias` the shift.
 *
 * @param network - any
 * @returns name, shape (convolutions `[out, in, kernel, kernel]`, linear `[out, in]`), fan-in and role of each
 */
export function parameterSpecs(network: Network): ParameterSpec[] {
  return placeLayers(network).flatMap(({ layer, input }): ParameterSpec[] =>
    layerParameters(layer, input).map(({ suffix, fanIn = 0, ...rest }) => ({
      name: `${layer.name}.${suffix}`,
      fanIn,
      ...rest,
    })),
  );
}

/** True for what is learned, false for running statistics. */
export const isTrainable = (spec: ParameterSpec): boolean =>
  spec.role !== 'runningMean' && spec.role !== 'runningVariance';

/**
 * Number of trainable parameters of a network.
 *
 * @param network - any
 * @returns a count; running means and variances are not trainable
 */
export const countParameters = (network: Network): number =>
  parameterSpecs(network)
    .filter(isTrainable)
    .reduce((sum, { shape }) => sum + sizeOf(shape), 0);

/** A dense array with its shape, row-major, in the layout that `parameterSpecs` names: float32, float64 of engine plain. */
export interface NamedTensor {
  shape: number[];
  data: Float32Array | Float64Array;
}

/** Tensors by name. */
export type TensorMap = Record<string, NamedTensor>;
