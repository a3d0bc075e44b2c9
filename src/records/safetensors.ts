// Named float32 and float64 tensors as bytes and back, in the safetensors format: 8 bytes of header length (little-endian),
// a JSON header, then the values. The machine must be little-endian, as every one that Node's engines run on.
// Source: the format's description, https://github.com/huggingface/safetensors#format
import { DamagedError, SettingsError } from '../errors.js';
import { sha256 } from '../hash.js';
import { sizeOf, type TensorMap } from '../network/parameters.js';
import {
  type Header,
  MAX_HEADER,
  MAX_RANK,
  METADATA,
  readHeader,
  type TensorEntry,
  type Widths,
} from './safetensors-header.js';
import type { Fail } from './json-cursor.js';

/** Content of a safetensors file. Both maps have no prototype: any name is an ordinary key. */
export interface SafetensorsContent {
  tensors: TensorMap;
  /** The file's own texts by name; empty where it has none. */
  metadata: Record<string, string>;
}

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

/** Order of texts by their UTF-8 bytes. */
function byUtf8(a: string, b: string): number {
  const [left, right] = [utf8(a), utf8(b)];
  const at = left.findIndex((byte, i) => byte !== right[i]);
  return at < 0 ? left.length - right.length : left[at] - (right[at] ?? -1);
}

/**
 * Writes tensors as safetensors bytes (dtype F32 or F64, as they are). Equal content gives equal bytes: tensors lie in the order of
 * their names' UTF-8 bytes, metadata too, and the header is padded with spaces to a multiple of 8.
 *
 * @param tensors - any names but `__metadata__`; values keep their bits, NaN included
 * @param metadata - texts to store beside them
 * @throws SettingsError when a name is reserved or not Unicode, or a shape does not fit its values
 */
export function encodeSafetensors(tensors: TensorMap, metadata: Record<string, string> = {}): Uint8Array {
  const names = Object.keys(tensors).sort(byUtf8);
  const fields =
    Object.keys(metadata).length > 0 ? [`${JSON.stringify(METADATA)}:${metadataJson(metadata)}`] : [];
  let end = 0;
  for (const name of names) {
    const { shape, data } = tensors[name];
    if (name === METADATA)
      throw new SettingsError(`safetensors: a tensor cannot be named ${METADATA}; rename it`);
    const isShape = shape.length <= MAX_RANK && shape.every((n) => Number.isSafeInteger(n) && n >= 0);
    if (!isShape || data.BYTES_PER_ELEMENT * sizeOf(shape) !== data.byteLength)
      throw new SettingsError(
        `safetensors: ${JSON.stringify(name)} has shape [${shape}] and ${data.byteLength} bytes; ${data.BYTES_PER_ELEMENT === 8 ? 'float64' : 'float32'} values must fill the shape`,
      );
    const dtype = data instanceof Float64Array ? 'F64' : 'F32';
    const description = { dtype, shape, data_offsets: [end, end + data.byteLength] };
    fields.push(`${JSON.stringify(unicode(name))}:${JSON.stringify(description)}`);
    end += data.byteLength;
  }
  const text = utf8(`{${fields.join(',')}}`);
  const headerLength = Math.ceil(text.length / 8) * 8;
  if (headerLength > MAX_HEADER)
    throw new SettingsError(
      `safetensors: the header has ${headerLength} bytes, at most ${MAX_HEADER} are allowed`,
    );
  const bytes = new Uint8Array(8 + headerLength + end);
  new DataView(bytes.buffer).setUint32(0, headerLength, true);
  bytes.set(text, 8);
  bytes.fill(0x20, 8 + text.length, 8 + headerLength);
  let offset = 8 + headerLength;
  for (const name of names) {
    const { data } = tensors[name];
    bytes.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), offset);
    offset += data.byteLength;
  }
  return bytes;
}

const metadataJson = (metadata: Record<string, string>): string =>
  `{${Object.keys(metadata)
    .sort(byUtf8)
    .map((key) => `${JSON.stringify(unicode(key))}:${JSON.stringify(unicode(metadata[key]))}`)
    .join(',')}}`;

/** The text itself, unless half of a surrogate pair is in it: JSON would hold it, UTF-8 and other readers do not. */
function unicode(text: string): string {
  if (typeof text !== 'string' || /\p{Surrogate}/u.test(text))
    throw new SettingsError(`safetensors: ${JSON.stringify(text)} must be a text of valid Unicode`);
  return text;
}

/**
 * Reads safetensors bytes, as strictly as the reference implementation: values without gap, overlap or rest.
 *
 * @param bytes - the whole file; the tensors are views of one copy of its values
 * @param file - its name, for errors
 * @throws DamagedError with the byte offset, what was expected and what was found
 */
export function decodeSafetensors(bytes: Uint8Array, file: string): SafetensorsContent {
  const { entries, metadata, start } = readLayout(bytes, file);
  const tensors = Object.create(null) as TensorMap;
  // One copy for all: a buffer a tensor would cost more than many a tensor holds. All sizes are multiples of four.
  const values = new Uint8Array(bytes.subarray(start)).buffer;
  for (const [name, { shape, width, begin, end }] of entries)
    tensors[name] = {
      shape,
      data: width === 4 ? new Float32Array(values, begin, (end - begin) / 4) : doubles(values, begin, end),
    };
  const texts = Object.create(null) as Record<string, string>;
  for (const [key, text] of metadata) texts[key] = text;
  return { tensors, metadata: texts };
}

/**
 * The tensors in safetensors bytes and their places, checked as `decodeSafetensors` does; `start` is where the values begin.
 *
 * @param widths - the dtypes to let through, default those of our own files
 */
export function readLayout(bytes: Uint8Array, file: string, widths?: Widths): Header & { start: number } {
  const fail: Fail = (offset, expected, found) => {
    throw new DamagedError(
      file,
      `not valid safetensors: byte ${offset}: expected ${expected}, found ${found}`,
      'write or copy the file again',
    );
  };
  if (bytes.length < 8) fail(0, 'at least 8 bytes', `${bytes.length}`);
  const headerLength = new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0, true);
  if (headerLength > MAX_HEADER) fail(0, `a header of at most ${MAX_HEADER} bytes`, `${headerLength}`);
  const start = 8 + Number(headerLength); // where the values begin
  if (start > bytes.length) fail(0, `a header within the file's ${bytes.length} bytes`, `${headerLength}`);
  const { entries, metadata } = readHeader(bytes.subarray(8, start), fail, widths);
  checkLayout(entries, bytes.length - start, fail);
  return { entries, metadata, start };
}

/** Float64 values; behind float32 ones they may begin where no view can. */
const doubles = (values: ArrayBuffer, begin: number, end: number): Float64Array =>
  begin % 8 === 0
    ? new Float64Array(values, begin, (end - begin) / 8)
    : new Float64Array(values.slice(begin, end));

/** Checks that the tensors fill the bytes of the values exactly. */
function checkLayout(entries: Map<string, TensorEntry>, available: number, fail: Fail): void {
  let filled = 0;
  for (const [name, { at, width, shape, begin, end }] of [...entries].sort(byPlace)) {
    const label = JSON.stringify(name);
    if (begin !== filled)
      fail(at, `${label} to begin at offset ${filled}, without gap or overlap`, `${begin}`);
    const size = width * sizeOf(shape);
    if (end - begin !== size)
      fail(at, `${label} to have ${size} bytes for shape [${shape}]`, `${end - begin}`);
    if (end > available) fail(at, `${label} to end within the ${available} bytes of values`, `${end}`);
    filled = end;
  }
  if (filled !== available) fail(0, `${filled} bytes of values after the header`, `${available}`);
}

const byPlace = ([, a]: [string, TensorEntry], [, b]: [string, TensorEntry]): number =>
  a.begin - b.begin || a.end - b.end;

/** SHA-256 (hex) of the weights as safetensors bytes: equal exactly when names, shapes and bits are. */
export const weightsDigest = (weights: TensorMap): string => sha256(encodeSafetensors(weights));
