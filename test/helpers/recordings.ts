// Small event data sets on disk: one folder a class, AEDAT 2.0 files with numbers in their names.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { encodeAedat2 } from '../../src/data/events/aedat.js';
import { randomEvents } from './events.js';

/** Writes a recording `<class>/cifar10_<class>_<number>.aedat` for each class and number, all different. */
export function writeRecordings(folder: string, classes: string[], numbers: number[]): void {
  classes.forEach((name, label) => {
    mkdirSync(join(folder, name), { recursive: true });
    for (const number of numbers)
      writeFileSync(
        join(folder, name, `cifar10_${name}_${number}.aedat`),
        encodeAedat2(randomEvents(label * 1000 + number, 60 + number)),
      );
  });
}
