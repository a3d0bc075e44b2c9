// Checksums of files too large to read whole.
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';

/** The checksum of a file as lower-case hex digits. */
export async function checksumOf(file: string, kind: 'md5' | 'sha256'): Promise<string> {
  const hash = createHash(kind);
  await pipeline(createReadStream(file, { highWaterMark: 1 << 20 }), hash);
  return hash.digest('hex');
}
