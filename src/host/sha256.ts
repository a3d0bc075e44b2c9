// SHA-256 by Node. A bundler for browsers takes browser/sha256.ts in its place (`browser` of package.json).
import { createHash } from 'node:crypto';

/** A digest in the making. */
export interface Sha256 {
  /** Adds bytes, or the UTF-8 bytes of a text. */
  update(part: string | Uint8Array): Sha256;
  /** The 32 bytes; nothing can be added afterwards. */
  digest(): Uint8Array;
}

/** A new digest, of nothing so far. */
export const newSha256 = (): Sha256 => createHash('sha256');

/** Bytes as hexadecimal digits, two for each. */
export const hex = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('hex');
