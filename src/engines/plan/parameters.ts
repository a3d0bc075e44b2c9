// Memory of a network's parameters, their gradients and the optimizer's slots, and their way in and out. All regions have the same
// layout, so that one op updates everything.
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
import { fromDense, fromMaster, toDense, toMaster, weightFloats, type WeightShape } from './layout.js';

/** One trainable parameter. */
export interface Parameter {
  spec: ParameterSpec;
  /** First float, counted from the beginning of a region. */
  offset: number;
  /** Floats it takes, padding included. */
  floats: number;
  /** Weights of a convolution or linear layer; absent for vectors. */
  weights?: WeightShape & { kind: 'conv2d' | 'linear' };
  /** Channels of what each neuron has for itself, which lies as a dense signal of one image; absent of all else. */
  channels?: number;
}

/** The layout of a network's parameters. */
export interface Parameters {
  byName: Map<string, Parameter>;
  /** Floats of a whole region. */
  floats: number;
}

/** A stretch of a region, floats: what neurons learn, or else. */
export interface Stretch {
  offset: number;
  floats: number;
  ofNeurons: boolean;
}

/**
 * Lays the trainable parameters out in execution order.
 *
 * @param alignment - bytes, of which each offset is a multiple, and of 128: so many all take
 */
export function layParameters(network: Network, alignment = 128): Parameters {
  const inputs = new Map(placeLayers(network).map(({ layer, unflattened }) => [layer.name, unflattened]));
  const byName = new Map<string, Parameter>();
  let offset = 0;
  for (const spec of parameterSpecs(network).filter(isTrainable)) {
    const weights = weightShape(spec, inputs);
    const channels = spec.role === 'neuron' && spec.shape.length === 3 ? spec.shape[2] : undefined;
    const floats = weights ? weightFloats(weights) : vectorFloats(spec.shape);
    byName.set(spec.name, { spec, offset, floats, weights, ...(channels !== undefined && { channels }) });
    offset += Math.ceil((floats * 4) / alignment) * (alignment / 4);
  }
  return { byName, floats: offset };
}

/** Floats of a vector, or of one for each pixel. */
const vectorFloats = (shape: readonly number[]): number =>
  blocksOf(shape.at(-1)!) * LANES * sizeOf(shape.slice(0, -1));

/** Stretches of a region: what neurons learn, and all else. */
export function stretchesOf({ byName, floats }: Parameters): Stretch[] {
  const stretches: Stretch[] = [];
  for (const parameter of byName.values()) {
    const ofNeurons = parameter.spec.role === 'neuron';
    const last = stretches.at(-1);
    if (last?.ofNeurons === ofNeurons) last.floats = parameter.offset + parameter.floats - last.offset;
    else stretches.push({ offset: parameter.offset, floats: parameter.floats, ofNeurons });
  }
  return stretches.length > 0 ? stretches : [{ offset: 0, floats, ofNeurons: false }];
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
  { offset, floats, weights, channels }: Parameter,
  region: Float32Array,
  { data }: NamedTensor,
): void {
  const target = region.subarray(offset, offset + floats);
  if (weights) toMaster(data, weights, weights.kind, target);
  else if (channels !== undefined) toDense(data, channels, target);
  else {
    target.fill(0);
    target.set(data);
  }
}

/** Reads a named tensor out of a region. */
export function fetch(
  { spec, offset, floats, weights, channels }: Parameter,
  region: Float32Array,
): NamedTensor {
  const source = region.subarray(offset, offset + floats);
  const shape = [...spec.shape];
  if (weights) return { shape, data: fromMaster(source, weights, weights.kind) };
  const size = sizeOf(shape);
  if (channels !== undefined) return { shape, data: fromDense(source, channels, size / channels) };
  return { shape, data: source.slice(0, size) };
}
