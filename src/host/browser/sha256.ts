// SHA-256 without Node: synchronous, as ids and streams of random numbers need it (Web Crypto's is not). Tests:
// test/host/sha256.test.ts.
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import type * as node from '../sha256.js';

export const newSha256: typeof node.newSha256 = () => {
  const hash = sha256.create();
  const growing: node.Sha256 = {
    update(part) {
      hash.update(typeof part === 'string' ? new TextEncoder().encode(part) : part);
      return growing;
    },
    digest: () => hash.digest(),
  };
  return growing;
};

export const hex: typeof node.hex = bytesToHex;
