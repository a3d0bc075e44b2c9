// The JSON header of a safetensors file: which tensors there are, of what shape and where.
import { Cursor, type Fail } from './json-cursor.js';

/** The longest header that the format allows, in bytes. */
export const MAX_HEADER = 100_000_000;
/** The most dimensions. The format sets no bound; this one keeps a hostile header from growing in memory. */
export const MAX_RANK = 32;
/** The header's one name that is not a tensor's. */
export const METADATA = '__metadata__';

/** A tensor as the header describes it. */
export interface TensorEntry {
  /** Byte offset of the description in the file. */
  at: number;
  /** One of those that were let through. */
  dtype: string;
  /** Bytes of one value: 4 of float32, 8 of float64. */
  width: number;
  shape: number[];
  /** First byte and byte after the last, counted from the first byte after the header. */
  begin: number;
  end: number;
}

/** Bytes of one value, by dtype. */
export type Widths = Readonly<Record<string, number>>;
/** The dtypes of our own files. */
export const WIDTHS: Widths = { F32: 4, F64: 8 };

/** Content of a header. */
export interface Header {
  /** The tensors by name, in the header's order. */
  entries: Map<string, TensorEntry>;
  metadata: Map<string, string>;
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * Reads a header.
 *
 * @param bytes - the header alone; it lies behind the 8 bytes of its length
 * @param fail - called at the first malformation with its byte offset in the file, what was expected and what found
 * @param widths - the dtypes to let through, and the bytes of one value of each
 */
export function readHeader(bytes: Uint8Array, fail: Fail, widths: Widths = WIDTHS): Header {
  const cursor = new Cursor(decode(bytes, fail), fail);
  const header: Header = { entries: new Map(), metadata: new Map() };
  if (bytes[0] !== 0x7b) cursor.refuse('{');
  let seenMetadata = false;
  cursor.object((name, at) => {
    if (header.entries.has(name) || (name === METADATA && seenMetadata)) cursor.refuseRepeated(name, at);
    if (name !== METADATA) return void header.entries.set(name, readEntry(cursor, name, widths));
    seenMetadata = true;
    cursor.object((key, keyAt) => {
      if (header.metadata.has(key)) cursor.refuseRepeated(key, keyAt);
      header.metadata.set(key, cursor.text());
    });
  });
  cursor.end();
  return header;
}

function decode(bytes: Uint8Array, fail: Fail): string {
  try {
    return utf8.decode(bytes);
  } catch {
    return fail(8, 'a header in UTF-8', 'bytes that are not');
  }
}

function readEntry(cursor: Cursor, name: string, widths: Widths): TensorEntry {
  const start = cursor.position;
  const at = cursor.byteAt(start);
  let dtype: string | undefined;
  let shape: number[] | undefined;
  let offsets: number[] | undefined;
  cursor.object((key, keyAt) => {
    const valueAt = cursor.position;
    if (key === 'dtype') {
      if (dtype !== undefined) cursor.refuseRepeated(key, keyAt);
      dtype = cursor.text();
      if (!Object.hasOwn(widths, dtype))
        cursor.refuseAt(valueAt, `dtype ${either(widths)} (convert the tensors)`, JSON.stringify(dtype));
    } else if (key === 'shape') {
      if (shape) cursor.refuseRepeated(key, keyAt);
      shape = cursor.integers(MAX_RANK);
    } else if (key === 'data_offsets') {
      if (offsets) cursor.refuseRepeated(key, keyAt);
      offsets = cursor.integers(2);
      if (offsets.length !== 2 || offsets[0] > offsets[1])
        cursor.refuseAt(valueAt, 'two offsets in ascending order', `[${offsets}]`);
    } else cursor.refuseAt(keyAt, '"dtype", "shape" or "data_offsets"', JSON.stringify(key));
  });
  if (!dtype || !shape || !offsets)
    return cursor.refuseAt(
      start,
      'dtype, shape and data_offsets',
      `only some of them for ${JSON.stringify(name)}`,
    );
  return { at, dtype, width: widths[dtype], shape, begin: offsets[0], end: offsets[1] };
}

const either = (widths: Widths): string =>
  Object.keys(widths)
    .map((name) => `"${name}"`)
    .join(' or ');
