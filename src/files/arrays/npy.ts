// NumPy's file of one array, `.npy`: a magic text, a version, a header that is a Python dict, the values.
// Source: the format's description, https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html
import { DamagedError } from '../../errors.js';
import type { Fail } from '../fail.js';
import {
  bytesOf,
  countOf,
  DTYPES,
  type Dtype,
  dtypeOf,
  gathered,
  type NamedArray,
  valuesFrom,
} from './arrays.js';

const MAGIC = '\x93NUMPY';
/** The longest header that is read; NumPy's own bound is as large. */
const LONGEST_HEADER = 10_000;

/** The dict, as NumPy writes it: these three keys, in any order, each once. */
const ENTRY =
  /\s*'(descr|fortran_order|shape)'\s*:\s*('[^'\\]{0,16}'|True|False|\([\d,L\s]{0,900}\))\s*(,|(?=\}))/y;

/** Description of an array. */
const descriptionOf = (dtype: Dtype): string => (dtype === 'u1' ? '|u1' : `<${dtype}`);

/**
 * Writes an array as `.npy` version 1.0, row-major, as NumPy itself does.
 */
export function encodeNpy(array: NamedArray): Uint8Array {
  const { shape, data } = array;
  const sizes = shape.length === 1 ? `${shape[0]},` : shape.join(', ');
  const dict = `{'descr': '${descriptionOf(dtypeOf(array))}', 'fortran_order': False, 'shape': (${sizes}), }`;
  const before = MAGIC.length + 4;
  const length = Math.ceil((before + dict.length + 1) / 64) * 64 - before; // the values begin at a multiple of 64
  const head = Buffer.from(`${MAGIC}\x01\x00\0\0${dict.padEnd(length - 1)}\n`, 'latin1');
  head.writeUInt16LE(length, before - 2);
  return new Uint8Array(Buffer.concat([head, bytesOf(data)]));
}

/**
 * Reads `.npy` bytes of version 1 or 2: float32, float64, int32, int64, uint8, little-endian, either order of axes.
 *
 * @param file - its name, for errors
 * @throws DamagedError with the byte offset, what was expected and what was found
 */
export function decodeNpy(bytes: Uint8Array, file: string): NamedArray {
  const fail: Fail = (offset, expected, found) => {
    throw new DamagedError(
      file,
      `not a readable .npy: byte ${offset}: expected ${expected}, found ${found}`,
      'save the array again with numpy.save, weights as float32, images as uint8',
    );
  };
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  if (text.toString('latin1', 0, 6) !== MAGIC) fail(0, 'the magic text of .npy', 'other bytes');
  const [major, minor] = [bytes[6], bytes[7]];
  if ((major !== 1 && major !== 2) || minor !== 0) fail(6, 'version 1.0 or 2.0', `${major}.${minor}`);
  const start = major === 1 ? 10 : 12;
  if (bytes.length < start) fail(8, 'the length of the header', 'the end of the file');
  const length = major === 1 ? text.readUInt16LE(8) : text.readUInt32LE(8);
  if (length > LONGEST_HEADER) fail(8, `a header of at most ${LONGEST_HEADER} bytes`, String(length));
  const end = start + length;
  if (end > bytes.length) fail(8, `a header within the file's ${bytes.length} bytes`, String(length));
  const { dtype, fortran, shape } = readDict(text.toString('latin1', start, end), start, fail);
  const size = countOf(shape, start, fail) * DTYPES[dtype].BYTES_PER_ELEMENT;
  if (bytes.length - end !== size)
    fail(end, `${size} bytes of values for shape [${shape.join(', ')}]`, String(bytes.length - end));
  const data = valuesFrom(dtype, bytes.subarray(end));
  return { shape, data: fortran ? rowMajor(data, shape) : data };
}

function readDict(text: string, at: number, fail: Fail): { dtype: Dtype; fortran: boolean; shape: number[] } {
  const found = new Map<string, string>();
  let place = text.startsWith('{') ? 1 : 0;
  for (;;) {
    ENTRY.lastIndex = place;
    const entry = ENTRY.exec(text);
    if (entry === null) break;
    const [whole, key, value] = entry;
    if (found.has(key)) fail(at + place, 'each key once', `${key} again`);
    found.set(key, value);
    place += whole.length;
  }
  if (place === 0 || found.size !== 3 || !/^\s*\}\s*$/.test(text.slice(place)))
    fail(
      at + place,
      'a dict of descr, fortran_order and shape',
      JSON.stringify(text.slice(place, place + 60)),
    );
  const [descr, order, sizes] = ['descr', 'fortran_order', 'shape'].map((key) => found.get(key)!);
  const dtype = (Object.keys(DTYPES) as Dtype[]).find((name) => `'${descriptionOf(name)}'` === descr);
  if (dtype === undefined)
    return fail(at, `one of ${(Object.keys(DTYPES) as Dtype[]).map(descriptionOf).join(', ')}`, descr);
  if (order !== 'True' && order !== 'False') fail(at, 'fortran_order True or False', order);
  if (!/^\((\s*|(\s*\d+L?\s*,)+(\s*\d+L?)?\s*)\)$/.test(sizes)) fail(at, 'a tuple of sizes', sizes);
  return { dtype, fortran: order === 'True', shape: (sizes.match(/\d+/g) ?? []).map(Number) };
}

/** Values whose first axis is fastest, with the last one fastest. */
function rowMajor(data: NamedArray['data'], shape: readonly number[]): NamedArray['data'] {
  const strides: number[] = [];
  let step = 1;
  for (const n of shape) {
    strides.push(step);
    step *= n;
  }
  return gathered(data, shape, strides);
}
