// Files of weights for other programs and from them: which format by the name's ending, which names by what is in it.
import { extname } from 'node:path';
import { SettingsError } from '../errors.js';
import { readWhole, writeWhole } from '../files/whole.js';
import type { Network } from '../network/layers.js';
import type { TensorMap } from '../network/parameters.js';
import { encodeSafetensors, readLayout } from '../records/safetensors.js';
import { type ArrayMap, type Dtype, DTYPES, valuesFrom } from '../files/arrays/arrays.js';
import { flattenedInputs, fromOwnNames, fromStateDict, toStateDict } from './convert.js';
import { decodeNpz, encodeNpz } from '../files/arrays/npz.js';
import { decodePth } from './pth.js';
import { stateDictNames } from './state-dict.js';

/** Dtypes of safetensors that are read: the counts of batches, which are whole numbers, are passed over. */
const SAFETENSORS_DTYPES: Record<string, Dtype> = { F32: 'f4', F64: 'f8', I64: 'i8', I32: 'i4', U8: 'u1' };
const WIDTHS = Object.fromEntries(
  Object.entries(SAFETENSORS_DTYPES).map(([name, dtype]) => [name, DTYPES[dtype].BYTES_PER_ELEMENT]),
);

function decodeAnySafetensors(bytes: Uint8Array, file: string): ArrayMap {
  const { entries, start } = readLayout(bytes, file, WIDTHS);
  return new Map(
    [...entries].map(([name, { dtype, shape, begin, end }]) => [
      name,
      { shape, data: valuesFrom(SAFETENSORS_DTYPES[dtype], bytes.subarray(start + begin, start + end)) },
    ]),
  );
}

const READERS: Record<string, (bytes: Uint8Array, file: string) => ArrayMap> = {
  '.safetensors': decodeAnySafetensors,
  '.npz': decodeNpz,
  '.pth': decodePth,
  '.pt': decodePth,
};

/** Only floating point leaves this house: a state dict of ours has nothing else. */
const WRITERS: Record<string, (arrays: ArrayMap) => Uint8Array> = {
  '.safetensors': (arrays) => encodeSafetensors(Object.fromEntries(arrays) as TensorMap),
  '.npz': encodeNpz,
};

/** What is done with files of this ending. @throws SettingsError listing the endings that there are */
function byEnding<Done>(table: Record<string, Done>, file: string, doing: string): Done {
  const ending = extname(file).toLowerCase();
  if (Object.hasOwn(table, ending)) return table[ending];
  throw new SettingsError(
    `${file}: weights are ${doing} files that end in ${Object.keys(table).join(', ')}; name such a file`,
  );
}

/**
 * Reads the arrays of a file as they are.
 *
 * @param file - decides the format: `.safetensors`, `.npz`, `.pth` or `.pt`; used in errors
 * @throws DataError when the bytes are damaged or hold anything but arrays; SettingsError for another ending
 */
export const decodeArrays = (bytes: Uint8Array, file: string): ArrayMap =>
  byEnding(READERS, file, 'read from')(bytes, file);

/** Meaning of the names in a file: those of PyTorch's `state_dict`, or our own. */
export type WeightNames = 'pytorch' | 'sgs';
/** All of {@link WeightNames}. */
export const WEIGHT_NAMES: readonly WeightNames[] = ['pytorch', 'sgs'];

/**
 * Reads weights for a network, those of PyTorch (`torch.save(model.state_dict(), FILE)`, safetensors, `numpy.savez`) or our own.
 * Nothing in a `.pth` is executed.
 *
 * @param file - ends in `.safetensors`, `.npz`, `.pth` or `.pt`
 * @param network - what the weights are for: ResNet-19 and VGGSNN by the names of the authors' models, any other network by those of
 *   its layers, `running_mean` and `running_var` for the statistics
 * @param options - `names`: whose names and layout they are; needed only where names are both and the layouts differ
 * @returns for `engine.createModel(network, settings, weights)`: convolutions `[out, in, H, W]`, linear `[out, in]`, norms
 *   `[channels]`; float32 or float64 as in the file
 * @throws DataError naming what is missing, superfluous or of another shape, or where the file is damaged; SettingsError where
 *   `names` must be said
 *
 * @example
 * ```ts
 * const network = resnet19({ classes: 10 });
 * const weights = loadWeights('resnet19.pth', network);
 * ```
 */
export function loadWeights(
  file: string,
  network: Network,
  { names }: { names?: WeightNames } = {},
): TensorMap {
  const read = byEnding(READERS, file, 'read from');
  const arrays = read(readWhole(file), file);
  return (names ?? namesIn(arrays, network, file)) === 'sgs'
    ? fromOwnNames(network, arrays, file)
    : fromStateDict(network, arrays, file);
}

function namesIn(arrays: ArrayMap, network: Network, file: string): WeightNames {
  const all = stateDictNames(network);
  if (!all.every(({ spec }) => arrays.has(spec.name))) return 'pytorch';
  if (!all.every(({ names }) => names.some((name) => arrays.has(name)))) return 'sgs';
  if (flattenedInputs(network).size === 0) return 'pytorch'; // names and layouts are the same in both
  throw new SettingsError(
    `${file}: its names may be PyTorch's or our own, and columns behind the flattening of ${network.name} are ordered differently; say which, names 'pytorch' or 'sgs'`,
  );
}

/**
 * Writes the weights of a network as its PyTorch model's state dict, in PyTorch's layout, so that
 * `model.load_state_dict(safetensors.torch.load_file(FILE))` takes them.
 *
 * @param file - ends in `.safetensors` or `.npz`
 * @param network - see {@link loadWeights}
 * @param weights - by our names, as a run's: convolutions `[out, in, H, W]`, linear `[out, in]`, norms `[channels]`
 * @throws SettingsError for another ending and for weights of another network; DataError when the disk refuses
 */
export function saveWeights(file: string, network: Network, weights: TensorMap): void {
  const encode = byEnding(WRITERS, file, 'written to');
  writeWhole(file, encode(toStateDict(network, weights)));
}
