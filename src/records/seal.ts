// A digest of a safetensors file in its own metadata: whoever reads the file can tell whether it is what was written. It is
// taken over all bytes, the digest's own digits as zeros: over the values and the text about them, wherever a bit flips.
import { createHash } from 'node:crypto';

/** The name of the metadata that holds the digest. */
export const SEAL = 'digest';
/** What stands there until {@link seal} has computed it. */
export const UNSEALED = '0'.repeat(64);

/** Writes the digest into bytes whose metadata has {@link UNSEALED} under {@link SEAL}; returns the same bytes. */
export function seal(bytes: Uint8Array): Uint8Array {
  const at = placeOf(bytes);
  bytes.set(Buffer.from(digestAround(bytes, at), 'latin1'), at);
  return bytes;
}

/** Whether bytes are, to the bit, what was sealed; false where there is no digest. */
export function isSealed(bytes: Uint8Array): boolean {
  const at = placeOf(bytes);
  const found = Buffer.from(bytes.subarray(at, at + UNSEALED.length)).toString('latin1');
  return at > 0 && found === digestAround(bytes, at);
}

/** Where the digits begin, 0 where there are none. A quote within a name is written `\"`: this is no part of one. */
function placeOf(bytes: Uint8Array): number {
  const field = `"${SEAL}":"`;
  const at = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).indexOf(field);
  return at < 0 ? 0 : at + field.length;
}

const digestAround = (bytes: Uint8Array, at: number): string =>
  createHash('sha256')
    .update(bytes.subarray(0, at))
    .update(UNSEALED)
    .update(bytes.subarray(at + UNSEALED.length))
    .digest('hex');
