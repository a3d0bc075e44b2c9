// JSON read token by token, as a header needs it. Not JSON.parse, not src/files/json.ts: those tell no byte offsets, take 1e1
// and 1.0 for a size, and build arbitrary values, many times the file's size, before they can be refused.
// Tests: test/records/safetensors-header.test.ts.

/** Reports a malformation; never returns. */
export type Fail = (offset: number, expected: string, found: string) => never;

/** A position in the header's text, and what can be read there. */
export class Cursor {
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
    const bytes = from.bytes + new TextEncoder().encode(this.header.slice(from.position, position)).length;
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
