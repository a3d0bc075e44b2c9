// Arrays in a folder, a `.npy` file each, as `numpy.save` writes them; `classes.txt` may name the classes, one a line.
// Tests: test/data/own/arrays.test.ts.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { decodeNpy } from '../../files/arrays/npy.js';
import { readDataFile } from '../files.js';
import { ARRAYS_READ, arraysToDataset } from './array-parts.js';
import type { OwnFormat } from './format.js';
import { holds, isFolder, namesIn } from './folders.js';

const ENDING = '.npy';
const CLASSES = 'classes.txt';

export const arrayFolder: OwnFormat = {
  title: `a folder of .npy files: ${ARRAYS_READ}; ${CLASSES} may name the classes`,
  framed: false,
  recognises: (path) => isFolder(path) && holds(path, [ENDING]),
  load({ path, name }) {
    const arrays = new Map(
      namesIn(path)
        .filter((file) => file.endsWith(ENDING))
        .map((file) => {
          const whole = join(path, file);
          return [file.slice(0, -ENDING.length), decodeNpy(readDataFile(whole, 'check the path'), whole)];
        }),
    );
    return arraysToDataset(path, name, arrays, classesIn(join(path, CLASSES)));
  },
};

/** The lines of a file that are not empty; undefined where there is none. */
const classesIn = (file: string): string[] | undefined =>
  existsSync(file)
    ? Buffer.from(readDataFile(file, 'check the path'))
        .toString('utf8')
        .split(/\r?\n/)
        .map((line) => line.trim())
        .filter((line) => line !== '')
    : undefined;
