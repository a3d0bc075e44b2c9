// Small files in the CIFAR forms, with pixels that say where they came from.
import { cifarRecordBytes } from '../../src/data/sets/cifar.js';
import { cifar10Form } from '../../src/data/sets/cifar10.js';
import { cifar100Form } from '../../src/data/sets/cifar100.js';

/** The two CIFAR data sets. */
export type CifarKind = 'cifar10' | 'cifar100';

/** Their forms by name. */
export const CIFAR_FORMS = { cifar10: cifar10Form, cifar100: cifar100Form };

/** The value of a pixel of the made files: differs between images, channels, rows and columns. */
export const cifarPixel = (image: number, channel: number, y: number, x: number): number =>
  (image * 7 + channel * 85 + y * 5 + x) & 255;

/** A file of `count` records; image i has class `i mod 10` (and, for CIFAR-100, coarse class `i mod 20`). */
export function cifarFile(kind: CifarKind, count: number): Uint8Array {
  const record = cifarRecordBytes(CIFAR_FORMS[kind]);
  const bytes = new Uint8Array(count * record);
  for (let i = 0; i < count; i++) {
    let at = i * record;
    if (kind === 'cifar100') bytes[at++] = i % 20;
    bytes[at++] = i % 10;
    for (let c = 0; c < 3; c++)
      for (let y = 0; y < 32; y++) for (let x = 0; x < 32; x++) bytes[at++] = cifarPixel(i, c, y, x);
  }
  return bytes;
}
