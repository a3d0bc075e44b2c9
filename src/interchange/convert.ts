// Weights of a network as a state dict of PyTorch and back. Convolutions and linear layers have the same layout in both, with
// one exception: behind a flattening our columns go by H·W·C and PyTorch's by C·H·W.
import { DataError, SettingsError } from '../errors.js';
import type { Shape } from '../network/geometry.js';
import type { Network } from '../network/layers.js';
import type { NamedTensor, ParameterSpec, TensorMap } from '../network/parameters.js';
import { placeLayers } from '../network/shapes.js';
import { inertText } from '../text.js';
import { type ArrayMap, bytesOf, dtypeOf, gathered, type NamedArray } from '../files/arrays/arrays.js';
import { BATCHES, stateDictNames } from './state-dict.js';

/** Of linear layers that take a flattened image: the image, by the name of their weight. */
export function flattenedInputs(network: Network): Map<string, Shape> {
  const found = new Map<string, Shape>();
  for (const { layer, unflattened } of placeLayers(network))
    if (layer.type === 'linear' && unflattened[0] * unflattened[1] > 1 && unflattened[2] > 1)
      found.set(`${layer.name}.weight`, unflattened);
  return found;
}

/** Values of `[outputs, outer, inner]` in the order of `[outputs, inner, outer]`. */
const swapped = (
  data: NamedTensor['data'],
  outputs: number,
  outer: number,
  inner: number,
): NamedTensor['data'] =>
  gathered(data, [outputs, inner, outer], [outer * inner, 1, inner]) as NamedTensor['data'];

/** Columns that go by H·W·C, so that they go by C·H·W. */
export const byChannel = (data: NamedTensor['data'], outputs: number, [height, width, channels]: Shape) =>
  swapped(data, outputs, height * width, channels);

/** Columns that go by C·H·W, so that they go by H·W·C. */
const byPlace = (data: NamedTensor['data'], outputs: number, [height, width, channels]: Shape) =>
  swapped(data, outputs, channels, height * width);

/**
 * The weights of a network under all names that the state dict of its PyTorch model has, in PyTorch's layout. The counts of
 * batches are left out, which `load_state_dict` of a plain dictionary fills in.
 *
 * @throws SettingsError where the weights are another network's
 */
export function toStateDict(network: Network, weights: TensorMap): ArrayMap {
  const flattened = flattenedInputs(network);
  const arrays: ArrayMap = new Map();
  for (const { spec, names } of stateDictNames(network)) {
    const given = Object.hasOwn(weights, spec.name) ? weights[spec.name] : undefined;
    if (given?.shape.join() !== spec.shape.join())
      throw new SettingsError(
        `${spec.name} of ${network.name}: expected shape [${spec.shape.join(', ')}], got ${given ? `[${given.shape.join(', ')}]` : 'nothing'}; give the weights of this network`,
      );
    const { shape, data } = given!;
    const from = flattened.get(spec.name);
    const array = { shape: [...shape], data: from ? byChannel(data, shape[0], from) : data };
    for (const name of names) arrays.set(name, array);
  }
  return arrays;
}

/**
 * The weights of a network from a state dict.
 *
 * @param arrays - by the names of its PyTorch model, where a parameter has several under one of them at least; each may begin with
 *   `module.`, as in a model that was trained on several GPUs
 * @param file - where they come from, for errors
 * @throws DataError listing what is missing, what is superfluous, which shapes differ, and names of one parameter whose values do
 */
export function fromStateDict(network: Network, arrays: ArrayMap, file: string): TensorMap {
  const given = unwrapped(arrays);
  const flattened = flattenedInputs(network);
  const known = new Set<string>();
  const problems = new Problems();
  const weights: TensorMap = {};
  for (const { spec, names } of stateDictNames(network)) {
    for (const name of names) known.add(name).add(name.replace(/[^.]*$/, BATCHES));
    const there = names.filter((name) => given.has(name));
    if (there.length === 0) {
      problems.add('missing', names[0]);
      continue;
    }
    const array = given.get(there[0])!;
    const other = there.find((name) => !isSame(array, given.get(name)!));
    if (other !== undefined)
      problems.add('names of one parameter with different values', `${there[0]} and ${other}`);
    const tensor = tensorOf(spec, array, there[0], problems);
    if (tensor === undefined) continue;
    const from = flattened.get(spec.name);
    const data = from ? byPlace(tensor.data, tensor.shape[0], from) : tensor.data.slice();
    weights[spec.name] = { shape: tensor.shape, data };
  }
  for (const name of given.keys()) if (!known.has(name)) problems.add('superfluous', name);
  problems.throwAny(file, network.name);
  return weights;
}

/**
 * Weights under our own names, in our own layout.
 *
 * @throws DataError as {@link fromStateDict}
 */
export function fromOwnNames(network: Network, arrays: ArrayMap, file: string): TensorMap {
  const problems = new Problems();
  const weights: TensorMap = {};
  const known = new Set<string>();
  for (const { spec } of stateDictNames(network)) {
    known.add(spec.name);
    const array = arrays.get(spec.name);
    const tensor = array && tensorOf(spec, array, spec.name, problems);
    if (array === undefined) problems.add('missing', spec.name);
    if (tensor !== undefined) weights[spec.name] = { ...tensor, data: tensor.data.slice() };
  }
  for (const name of arrays.keys()) if (!known.has(name)) problems.add('superfluous', name);
  problems.throwAny(file, network.name);
  return weights;
}

/** Without the word that `DataParallel` puts before every name. */
function unwrapped(arrays: ArrayMap): ArrayMap {
  const prefix = 'module.';
  if (![...arrays.keys()].every((name) => name.startsWith(prefix))) return arrays;
  return new Map([...arrays].map(([name, array]) => [name.slice(prefix.length), array]));
}

/** The array as a parameter, where kind and shape fit. */
function tensorOf(
  { shape }: ParameterSpec,
  array: NamedArray,
  name: string,
  problems: Problems,
): NamedTensor | undefined {
  const { data } = array;
  if (array.shape.join() !== shape.join())
    problems.add(
      'of another shape',
      `${name} expected [${shape.join(', ')}], found [${array.shape.join(', ')}]`,
    );
  else if (!(data instanceof Float32Array || data instanceof Float64Array))
    problems.add('not of float32 or float64', `${name} is ${dtypeOf(array)}`);
  else return { shape: [...shape], data };
  return undefined;
}

const isSame = (a: NamedArray, b: NamedArray): boolean =>
  a === b ||
  (dtypeOf(a) === dtypeOf(b) &&
    a.shape.join() === b.shape.join() &&
    Buffer.compare(bytesOf(a.data), bytesOf(b.data)) === 0);

/** What is wrong with a file, gathered so that one message says it all. */
class Problems {
  private readonly found = new Map<string, string[]>();

  add(kind: string, what: string): void {
    const list = this.found.get(kind) ?? [];
    this.found.set(kind, list);
    list.push(inertText(what.slice(0, 300)));
  }

  throwAny(file: string, network: string): void {
    if (this.found.size === 0) return;
    const list = [...this.found].map(
      ([kind, names]) =>
        `${names.length} ${kind}: ${names.slice(0, 8).join('; ')}${names.length > 8 ? '; …' : ''}`,
    );
    throw new DataError(
      file,
      `does not fit ${network}: ${list.join('. ')}`,
      'name the experiment whose network it was made for, and save its state_dict alone',
    );
  }
}
