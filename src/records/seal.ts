// A digest of a safetensors file in its own metadata: a reader can check that the file is what was written. It is
// taken over all bytes, the digest's own digits as zeros: over the values and the text about them, wherever a bit flips.
import { hex, newSha256 } from '../host/sha256.js';

/** The name of the metadata that holds the digest. */
export const SEAL = 'digest';
/** What stands there until {@link seal} has computed it. */
export const UNSEALED = '0'.repeat(64);

/** Writes the digest into bytes whose metadata has {@link UNSEALED} under {@link SEAL}; returns the same bytes. */
export function seal(bytes: Uint8Array): Uint8Array {
  const at = placeOf(bytes);
  bytes.set(utf8(digestAround(bytes, at)), at);
  return bytes;
}

/** Whether bytes are, to the bit, what was sealed; false where there is no digest. */
export function isSealed(bytes: Uint8Array): boolean {
  const at = placeOf(bytes);
  return at > 0 && beginsAt(bytes, at, utf8(digestAround(bytes, at)));
}

/** Where the digits begin, 0 where there are none. A quote within a name is written `\"`: this is no part of one. */
function placeOf(bytes: Uint8Array): number {
  const field = utf8(`"${SEAL}":"`);
  for (let at = bytes.indexOf(field[0]); at >= 0; at = bytes.indexOf(field[0], at + 1))
    if (beginsAt(bytes, at, field)) return at + field.length;
  return 0;
}

const beginsAt = (bytes: Uint8Array, at: number, piece: Uint8Array): boolean =>
  piece.every((byte, i) => bytes[at + i] === byte);

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

const digestAround = (bytes: Uint8Array, at: number): string =>
  hex(
    newSha256()
      .update(bytes.subarray(0, at))
      .update(UNSEALED)
      .update(bytes.subarray(at + UNSEALED.length))
      .digest(),
  );
