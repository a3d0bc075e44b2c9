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
  name: string;
  /** Byte offset of the description in the file. */
  at: number;
  shape: number[];
  /** First byte and byte after the last, counted from the first byte after the header. */
  begin: number;
  end: number;
}

/** Reports a malformation; never returns. */
export type Fail = (offset: number, expected: string, found: string) => never;

/**
 * Reads the header that lies in the file's bytes 8 … end − 1.
 *
 * @param fail - called at the first malformation with its byte offset, what was expected and what was found
 */
export function readHeader(
  bytes: Uint8Array,
  end: number,
  fail: Fail,
): { entries: TensorEntry[]; metadata: Record<string, string> } {
  const tokens = new Tokens(bytes, 8, end, fail);
  if (bytes[8] !== 0x7b || end === 8) tokens.refuse('{');
  const entries: TensorEntry[] = [];
  const metadata = Object.create(null) as Record<string, string>;
  tokens.object((name) => {
    if (name === METADATA) tokens.object((key) => (metadata[key] = tokens.text()));
    else entries.push(readEntry(tokens, name));
  });
  tokens.end();
  return { entries, metadata };
}

function readEntry(tokens: Tokens, name: string): TensorEntry {
  const at = tokens.position;
  let shape: number[] | undefined;
  let offsets: number[] | undefined;
  let dtype: string | undefined;
  tokens.object((key, keyAt) => {
    if (key === 'dtype') {
      const valueAt = tokens.position;
      dtype = tokens.text();
      if (dtype !== 'F32')
        tokens.fail(valueAt, 'dtype "F32" (convert the tensors to float32)', JSON.stringify(dtype));
    } else if (key === 'shape') shape = tokens.integers(MAX_RANK);
    else if (key === 'data_offsets') {
      const valueAt = tokens.position;
      offsets = tokens.integers(2);
      if (offsets.length !== 2 || offsets[0] > offsets[1])
        tokens.fail(valueAt, 'two offsets in ascending order', `[${offsets}]`);
    } else tokens.fail(keyAt, '"dtype", "shape" or "data_offsets"', JSON.stringify(key));
  });
  if (!dtype || !shape || !offsets)
    return tokens.fail(at, 'dtype, shape and data_offsets', `only some of them for ${JSON.stringify(name)}`);
  return { name, at, shape, begin: offsets[0], end: offsets[1] };
}

const isSpace = (byte: number): boolean => byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;
const isDigit = (byte: number): boolean => byte >= 0x30 && byte <= 0x39;
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** A cursor over the header's bytes. */
class Tokens {
  constructor(
    private readonly bytes: Uint8Array,
    public position: number,
    private readonly stop: number,
    readonly fail: Fail,
  ) {}

  /** Fails at the cursor. */
  refuse(expected: string): never {
    const byte = this.position < this.stop ? this.bytes[this.position] : undefined;
    if (byte === undefined) return this.fail(this.position, expected, 'the end of the header');
    const printable = byte > 0x20 && byte < 0x7f;
    return this.fail(this.position, expected, printable ? String.fromCharCode(byte) : `the byte ${byte}`);
  }

  private skipSpace(): void {
    while (this.position < this.stop && isSpace(this.bytes[this.position])) this.position++;
  }

  /** Steps over white space, then over the character if it is there. */
  private skip(character: string): boolean {
    this.skipSpace();
    const there = this.position < this.stop && this.bytes[this.position] === character.charCodeAt(0);
    if (there) this.position++;
    return there;
  }

  private expect(character: string): void {
    if (!this.skip(character)) this.refuse(character);
  }

  /** An object; `value` reads the value of each name. A name given twice is refused. */
  object(value: (name: string, at: number) => void): void {
    const names = new Set<string>();
    this.expect('{');
    if (this.skip('}')) return;
    do {
      const at = this.position;
      const name = this.text();
      if (names.has(name)) this.fail(at, 'each name once', `${JSON.stringify(name)} again`);
      names.add(name);
      this.expect(':');
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
      if (values.length === most) this.refuse(`at most ${most} integers`);
      values.push(this.integer());
    } while (this.skip(','));
    this.expect(']');
    return values;
  }

  private integer(): number {
    this.skipSpace();
    const start = this.position;
    while (this.position < this.stop && isDigit(this.bytes[this.position])) this.position++;
    const digits = String.fromCharCode(...this.bytes.subarray(start, Math.min(this.position, start + 17)));
    const value = Number(digits);
    if (/^(0|[1-9]\d*)$/.test(digits) && Number.isSafeInteger(value)) return value;
    this.position = start;
    return this.refuse('an integer from 0 to 2^53 - 1 in plain digits');
  }

  /** A string of valid Unicode. */
  text(): string {
    this.expect('"');
    const start = this.position;
    let escaped = false;
    while (this.position < this.stop && this.bytes[this.position] !== 0x22) {
      if (this.bytes[this.position] < 0x20) this.refuse('a string without control characters');
      if (this.bytes[this.position++] === 0x5c) {
        escaped = true;
        this.position++; // whatever is escaped, a quote among it
      }
    }
    const end = this.position;
    this.expect('"');
    try {
      const text = utf8.decode(this.bytes.subarray(start, end));
      if (!escaped) return text;
      const plain = JSON.parse(`"${text}"`) as string;
      if (!/\p{Surrogate}/u.test(plain)) return plain;
    } catch {
      // reported below: the bytes are not UTF-8, or an escape is not JSON's
    }
    return this.fail(start, 'a string of valid Unicode', 'bytes or an escape that are not');
  }

  /** Nothing but white space is left. */
  end(): void {
    this.skipSpace();
    if (this.position < this.stop) this.refuse('white space up to the end of the header');
  }
}
