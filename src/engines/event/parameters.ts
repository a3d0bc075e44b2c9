// Where a network's parameters, their gradients and the optimizer's slots lie in memory, and their way in and out.
// All regions have the same layout, so that one op updates everything.
import type { Network } from '../../network/layers.js';
import {
  isTrainable,
  type NamedTensor,
  type ParameterSpec,
  parameterSpecs,
  sizeOf,
} from '../../network/parameters.js';
import { placeLayers, type Shape } from '../../network/shapes.js';
import { blocksOf, LANES } from './geometry.js';
import { fromMaster, toMaster, weightFloats, type WeightShape } from './layout.js';

/** One trainable parameter. */
export interface Parameter {
  spec: ParameterSpec;
  /** First float, counted from the beginning of a region. */
  offset: number;
  /** Floats it takes, padding included. */
  floats: number;
  /** Weights of a convolution or linear layer; absent for vectors. */
  weights?: WeightShape & { kind: 'conv2d' | 'linear' };
}

/** The layout of a network's parameters. */
export interface Parameters {
  byName: Map<string, Parameter>;
  /** Floats of a whole region. */
  floats: number;
}

/** Lays the trainable parameters out in execution order, each on a cache line of its own. */
export function layParameters(network: Network): Parameters {
  const inputs = new Map(placeLayers(network).map(({ layer, unflattened }) => [layer.name, unflattened]));
  const byName = new Map<string, Parameter>();
  let offset = 0;
  for (const spec of parameterSpecs(network).filter(isTrainable)) {
    const weights = weightShape(spec, inputs);
    const floats = weights ? weightFloats(weights) : blocksOf(spec.shape[0]) * LANES;
    byName.set(spec.name, { spec, offset, floats, weights });
    offset += floats; // a multiple of 32 floats
  }
  return { byName, floats: offset };
}

function weightShape(
  { name, shape, role }: ParameterSpec,
  inputs: ReadonlyMap<string, Shape>,
): Parameter['weights'] {
  if (role !== 'weight') return undefined;
  if (shape.length === 4) {
    const [out, channels, kernelHeight, kernelWidth] = shape;
    return { in: channels, out, kernelHeight, kernelWidth, kind: 'conv2d' };
  }
  // Flattening moves nothing here: a linear layer takes its input as high and wide as it was.
  const [kernelHeight, kernelWidth, channels] = inputs.get(name.replace(/\.weight$/, ''))!;
  return { in: channels, out: shape[0], kernelHeight, kernelWidth, kind: 'linear' };
}

/** Writes a named tensor into a region. */
export function store(
  { offset, floats, weights }: Parameter,
  region: Float32Array,
  { data }: NamedTensor,
): void {
  const target = region.subarray(offset, offset + floats);
  if (weights) toMaster(data, weights, weights.kind, target);
  else {
    target.fill(0);
    target.set(data);
  }
}

/** Reads a named tensor out of a region. */
export function fetch({ spec, offset, floats, weights }: Parameter, region: Float32Array): NamedTensor {
  const source = region.subarray(offset, offset + floats);
  const data = weights ? fromMaster(source, weights, weights.kind) : source.slice(0, sizeOf(spec.shape));
  return { shape: [...spec.shape], data };
}
