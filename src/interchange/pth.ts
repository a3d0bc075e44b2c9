// PyTorch's checkpoints (`torch.save` since 1.6): a zip archive of a pickle that says which tensors there are, and a file of
// raw numbers for each storage. Nothing is executed, see pickle.ts.
// Source: torch/serialization.py (`_save`), torch/_utils.py (`_rebuild_tensor_v2`).
import { DataError } from '../errors.js';
import { inertText } from '../text.js';
import {
  type ArrayMap,
  countOf,
  denseStrides,
  DTYPES,
  type Dtype,
  gathered,
  type NamedArray,
  type Values,
  valuesFrom,
} from '../files/arrays/arrays.js';
import { readPickle } from './pickle.js';
import { type Pickled, PickledCall, PickledDict, PickledGlobal, PickledReference } from './pickled.js';
import { type Entries, readZip } from '../files/arrays/zip.js';

const STORAGES: Record<string, Dtype> = {
  'torch.FloatStorage': 'f4',
  'torch.DoubleStorage': 'f8',
  'torch.LongStorage': 'i8',
  'torch.IntStorage': 'i4',
  'torch.ByteStorage': 'u1',
};
const REBUILD = 'torch._utils._rebuild_tensor_v2';
const ALLOWED = new Set([REBUILD, ...Object.keys(STORAGES)]);
const SAVE = 'save the weights alone, torch.save(model.state_dict(), FILE)';
/** Tensors that are not dense are copied; so many times the file's storages at most. */
const MOST_COPIES = 8;

/**
 * Reads the tensors of a `.pth` or `.pt` file: a dictionary of tensors by name, such as `state_dict()` gives.
 *
 * @param file - its name, for errors
 * @throws DataError when it is damaged, in the format of before PyTorch 1.6, or holds anything but tensors
 */
export function decodePth(bytes: Uint8Array, file: string): ArrayMap {
  if (bytes[0] === 0x80)
    throw new DataError(
      file,
      'a bare pickle, the format of torch.save before PyTorch 1.6, expected a zip archive',
      'load it in PyTorch and save it again with torch.save of PyTorch 1.6 or later',
    );
  const fail = (found: string, remedy = SAVE): never => {
    throw new DataError(file, found, remedy);
  };
  const entries = readZip(bytes, file);
  const folder = folderOf(entries, fail);
  const order = entries.get(`${folder}byteorder`);
  if (order !== undefined && Buffer.from(order).toString('latin1') !== 'little')
    fail('numbers in another byte order than little', 'save it on a little-endian machine');
  const top = readPickle(entries.get(`${folder}data.pkl`)!, ALLOWED, file);
  if (!(top instanceof PickledDict)) return fail(`holds ${worded(top)}, expected a dictionary of tensors`);

  const storages = new Map<string, Values>();
  let copied = 0;
  let available = 0;
  const storageOf = (reference: Pickled, name: string): Values => {
    const id = reference instanceof PickledReference && Array.isArray(reference.id) ? reference.id : [];
    const [kind, type, key, , length] = id as Pickled[];
    const dtype =
      type instanceof PickledGlobal && Object.hasOwn(STORAGES, type.name) ? STORAGES[type.name] : undefined;
    if (id.length !== 5 || kind !== 'storage' || dtype === undefined || typeof key !== 'string')
      return fail(`${name}: its storage is not described as torch.save does`);
    const content = entries.get(`${folder}data/${key}`);
    if (content === undefined) return fail(`${name}: storage ${shown(key)} is not in the archive`);
    if (content.length !== (length as number) * DTYPES[dtype].BYTES_PER_ELEMENT)
      fail(
        `${name}: storage ${shown(key)} has ${content.length} bytes, expected ${String(length)} values of ${dtype}`,
      );
    const values = storages.get(`${dtype} ${key}`) ?? valuesFrom(dtype, content);
    if (!storages.has(`${dtype} ${key}`)) available += values.length;
    storages.set(`${dtype} ${key}`, values);
    return values;
  };
  const tensorOf = (value: Pickled, name: string): NamedArray => {
    if (!(value instanceof PickledCall) || value.name !== REBUILD)
      return fail(`${name} is ${worded(value)}, expected a tensor`);
    const [reference, first, sizes, strides] = value.args;
    const data = storageOf(reference, name);
    if (!isCount(first) || !areCounts(sizes) || !areCounts(strides) || sizes.length !== strides.length)
      return fail(`${name}: offset, sizes and strides are not whole numbers from 0`);
    const shape = [...sizes];
    const count = countOf(shape, 0, (_, expected, found) =>
      fail(`${name}: expected ${expected}, found ${found}`),
    );
    const last = shape.reduce((sum, n, axis) => sum + (n - 1) * strides[axis], first);
    if (count > 0 && (count > data.length || last >= data.length))
      fail(`${name}: [${shape.join(', ')}] reaches beyond its storage of ${data.length} values`);
    const dense = denseStrides(shape);
    if (count === 0 || shape.every((n, axis) => n === 1 || strides[axis] === dense[axis]))
      return { shape, data: data.subarray(first, first + count) };
    copied += count;
    if (copied > MOST_COPIES * available) fail(`more values in its tensors than its storages hold`);
    return { shape, data: gathered(data, shape, strides, first) };
  };

  const arrays: ArrayMap = new Map();
  for (const [key, value] of top.entries) {
    if (typeof key !== 'string') return fail(`a key is ${worded(key)}, expected the name of a tensor`);
    if (arrays.has(key)) fail(`${shown(key)} stands there twice`);
    arrays.set(key, tensorOf(value, shown(key)));
  }
  return arrays;
}

/** The archive's own folder, with a slash at its end. */
function folderOf(entries: Entries, fail: (found: string, remedy?: string) => never): string {
  const found = [...entries.keys()].filter((name) => /^[^/]*\/data\.pkl$/.test(name));
  if (found.length !== 1) fail(`a zip archive without data.pkl, expected one that torch.save made`);
  const folder = found[0].slice(0, -'data.pkl'.length);
  if (entries.has(`${folder}constants.pkl`)) fail('a TorchScript program, expected weights');
  return folder;
}

const isCount = (value: Pickled): value is number =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
const areCounts = (value: Pickled): value is readonly number[] =>
  Array.isArray(value) && value.every(isCount);

const shown = (text: string): string => inertText(JSON.stringify(text.slice(0, 120)));

/** A value in words. */
function worded(value: Pickled): string {
  if (value instanceof PickledDict) return 'a dictionary';
  if (value instanceof PickledCall) return `a call of ${value.name}`;
  if (value instanceof PickledGlobal) return value.name;
  if (value instanceof PickledReference) return 'a storage';
  if (Array.isArray(value)) return 'a list';
  return value === null ? 'None' : typeof value === 'string' ? shown(value) : String(value);
}
