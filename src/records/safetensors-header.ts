// The JSON header of a safetensors file, read token by token. Not JSON.parse: that hides byte offsets and repeated
// names, takes 1e1 for a size, and builds arbitrary values, many times the file's size, before they can be refused.

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
  /** Bytes of one value: 4 of float32, 8 of float64. */
  width: number;
  shape: number[];
  /** First byte and byte after the last, counted from the first byte after the header. */
  begin: number;
  end: number;
}

/** What a header says. */
export interface Header {
  /** The tensors by name, in the header's order. */
  entries: Map<string, TensorEntry>;
  metadata: Map<string, string>;
}

/** Reports a malformation; never returns. */
export type Fail = (offset: number, expected: string, found: string) => never;

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * Reads a header.
 *
 * @param bytes - the header alone; it lies behind the 8 bytes of its length
 * @param fail - called at the first malformation with its byte offset in the file, what was expected and what found
 */
export function readHeader(bytes: Uint8Array, fail: Fail): Header {
  const cursor = new Cursor(decode(bytes, fail), fail);
  const header: Header = { entries: new Map(), metadata: new Map() };
  if (bytes[0] !== 0x7b) cursor.refuse('{');
  let seenMetadata = false;
  cursor.object((name, at) => {
    if (header.entries.has(name) || (name === METADATA && seenMetadata)) cursor.refuseRepeated(name, at);
    if (name !== METADATA) return void header.entries.set(name, readEntry(cursor, name));
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

/** Bytes of one value of the dtypes that are read. */
const WIDTHS: Record<string, number> = { F32: 4, F64: 8 };

function readEntry(cursor: Cursor, name: string): TensorEntry {
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
      if (!Object.hasOwn(WIDTHS, dtype))
        cursor.refuseAt(valueAt, 'dtype "F32" or "F64" (convert the tensors)', JSON.stringify(dtype));
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
  return { at, width: WIDTHS[dtype], shape, begin: offsets[0], end: offsets[1] };
}

/** A position in the header's text, and what can be read there. */
class Cursor {
  position = 0;
  /** Bytes before a position that was asked for, from which later positions are counted. */
  private counted = { position: 0, bytes: 8 };

  constructor(
    private readonly header: string,
    private readonly fail: Fail,
  ) {}

  /** The byte offset in the file of a position in the text. */
  byteAt(position: number): number {
    const from = position >= this.counted.position ? this.counted : { position: 0, bytes: 8 };
    const bytes = from.bytes + Buffer.byteLength(this.header.slice(from.position, position));
    this.counted = { position, bytes };
    return bytes;
  }

  refuseAt(position: number, expected: string, found: string): never {
    return this.fail(this.byteAt(position), expected, found);
  }

  refuseRepeated(name: string, at: number): never {
    return this.refuseAt(at, 'each name once', `${JSON.stringify(name)} again`);
  }

  /** Fails where the cursor stands. */
  refuse(expected: string): never {
    const code = this.header.codePointAt(this.position);
    const found = code === undefined ? 'the end of the header' : JSON.stringify(String.fromCodePoint(code));
    return this.refuseAt(this.position, expected, found);
  }

  private skipSpace(): void {
    while (' \n\r\t'.includes(this.header[this.position] ?? '.')) this.position++;
  }

  /** Steps over white space, then over the character if it is there. */
  private skip(character: string): boolean {
    this.skipSpace();
    const there = this.header[this.position] === character;
    if (there) this.position++;
    return there;
  }

  private expect(character: string): void {
    if (!this.skip(character)) this.refuse(character);
  }

  /** An object; `value` is called for each name and reads its value. */
  object(value: (name: string, at: number) => void): void {
    this.expect('{');
    if (this.skip('}')) return;
    do {
      this.skipSpace();
      const at = this.position;
      const name = this.text();
      this.expect(':');
      this.skipSpace();
      value(name, at);
    } while (this.skip(','));
    this.expect('}');
  }

  /** An array of at most so many non-negative integers below 2^53. */
  integers(most: number): number[] {
    const values: number[] = [];
    this.expect('[');
    if (this.skip(']')) return values;
    do {
      this.skipSpace();
      if (values.length === most) this.refuse(`at most ${most} integers`);
      values.push(this.integer());
    } while (this.skip(','));
    this.expect(']');
    return values.slice(); // push leaves room for more, slice does not
  }

  private integer(): number {
    const start = this.position;
    let value = 0;
    for (; ; this.position++) {
      const digit = this.header.charCodeAt(this.position) - 0x30;
      if (!(digit >= 0 && digit <= 9)) break;
      value = value * 10 + digit;
    }
    const digits = this.position - start;
    const leadingZero = digits > 1 && this.header[start] === '0';
    if (digits > 0 && !leadingZero && Number.isSafeInteger(value)) return value;
    this.position = start;
    return this.refuse('an integer from 0 to 2^53 - 1 in plain digits');
  }

  /** A string of valid Unicode. */
  text(): string {
    this.expect('"');
    const start = this.position;
    let escaped = false;
    for (let character; (character = this.header[this.position]) !== '"'; this.position++) {
      if (character === undefined || character < ' ')
        this.refuse('" at the end of a string without control characters');
      if (character === '\\') {
        escaped = true;
        this.position++; // whatever is escaped, a quote among it
      }
    }
    const raw = this.header.slice(start, this.position++);
    return escaped ? this.unescape(raw, start) : raw;
  }

  private unescape(raw: string, start: number): string {
    try {
      const text = JSON.parse(`"${raw}"`) as string;
      if (!/\p{Surrogate}/u.test(text)) return text;
    } catch {
      // reported below: an escape is not JSON's
    }
    return this.refuseAt(start, 'escapes that make valid Unicode', JSON.stringify(raw));
  }

  /** Nothing but white space is left. */
  end(): void {
    this.skipSpace();
    if (this.position < this.header.length) this.refuse('white space up to the end of the header');
  }
}
