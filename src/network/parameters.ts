// What a network learns and remembers: its parameters and running statistics by name and shape.
import type { Network } from './layers.js';
import { placeLayers } from './shapes.js';

/** A named parameter (learned) or buffer (running statistic) and its shape. */
export interface ParameterSpec {
  /** `<layer>.weight`, `<layer>.bias`, `<layer>.runningMean`, `<layer>.runningVariance`. */
  name: string;
  /** Conv `[out, in, kernel, kernel]`, linear `[out, in]`, otherwise `[channels]`. */
  shape: number[];
  /** Inputs that reach one output: sets the bound of the initial uniform distribution. */
  fanIn: number;
  role: 'weight' | 'bias' | 'scale' | 'shift' | 'runningMean' | 'runningVariance';
}

/** Every parameter and buffer of a network in execution order. Batch norm: `weight` is the scale γ, `bias` the shift. */
export function parameterSpecs(network: Network): ParameterSpec[] {
  return placeLayers(network).flatMap(({ layer }): ParameterSpec[] => {
    const spec = (
      suffix: string,
      shape: number[],
      role: ParameterSpec['role'],
      fanIn = 0,
    ): ParameterSpec => ({
      name: `${layer.name}.${suffix}`,
      shape,
      fanIn,
      role,
    });
    switch (layer.type) {
      case 'conv2d': {
        const fanIn = layer.in * layer.kernel * layer.kernel;
        const weight = spec('weight', [layer.out, layer.in, layer.kernel, layer.kernel], 'weight', fanIn);
        return layer.bias ? [weight, spec('bias', [layer.out], 'bias', fanIn)] : [weight];
      }
      case 'linear': {
        const weight = spec('weight', [layer.out, layer.in], 'weight', layer.in);
        return layer.bias ? [weight, spec('bias', [layer.out], 'bias', layer.in)] : [weight];
      }
      case 'batchNorm':
        return [
          spec('weight', [layer.channels], 'scale'),
          spec('bias', [layer.channels], 'shift'),
          spec('runningMean', [layer.channels], 'runningMean'),
          spec('runningVariance', [layer.channels], 'runningVariance'),
        ];
      default:
        return [];
    }
  });
}

/** True for what is learned, false for running statistics. */
export const isTrainable = (spec: ParameterSpec): boolean =>
  spec.role !== 'runningMean' && spec.role !== 'runningVariance';

/** How many values a shape holds. */
export const sizeOf = (shape: readonly number[]): number => shape.reduce((product, n) => product * n, 1);

/** How many trainable parameters a network has. */
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
