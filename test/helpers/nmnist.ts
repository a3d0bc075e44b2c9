// Small N-MNIST sets on disk: the official folders, recordings of a few hundred events.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stream } from '../../src/random.js';
import { nmnistFile } from './events.js';

/** The bytes of a recording: events scattered about a place of the digit's own. */
export function nmnistRecording(digit: number, number: number, count = 120): Uint8Array {
  const random = stream(number, 'probe', 'nmnist', digit);
  return nmnistFile(
    Array.from({ length: count }, (_, i) => [
      (3 * digit + random.integer(0, 6)) % 34,
      (2 * digit + random.integer(0, 12)) % 34,
      random.integer(0, 1),
      1000 * i + random.integer(0, 999),
    ]),
  );
}

/** MNIST's way to name a recording: five digits. */
export const nmnistName = (number: number): string => `${String(number).padStart(5, '0')}.bin`;

/**
 * Writes `Train` and `Test` with a folder for each digit below a folder. Numbers go round the digits, as MNIST's images
 * are not sorted by class either: the recording of digit d and round r has number 10·r + (9 − d) + 1.
 */
export function writeNmnist(folder: string, rounds: { train: number; test: number }): void {
  for (const [part, count] of [
    ['Train', rounds.train],
    ['Test', rounds.test],
  ] as const)
    for (let digit = 0; digit < 10; digit++) {
      mkdirSync(join(folder, part, `${digit}`), { recursive: true });
      for (let round = 0; round < count; round++) {
        const number = 10 * round + (9 - digit) + 1;
        const bytes = nmnistRecording(digit, part === 'Train' ? number : 1000 + number);
        writeFileSync(join(folder, part, `${digit}`, nmnistName(number)), bytes);
      }
    }
}
