// Arrays in one file, `.npz`, as `numpy.savez` writes it. The reader is this project's own, which weights are read with: it
// bounds what is unpacked and names the byte of what is wrong; packages that read `.npy` do neither, and few read `.npz`.
// Tests: test/data/own/arrays.test.ts.
import { decodeNpz } from '../../files/arrays/npz.js';
import { readDataFile } from '../files.js';
import { ARRAYS_READ, arraysToDataset } from './array-parts.js';
import type { OwnFormat } from './format.js';
import { isFolder } from './folders.js';

export const arrayFile: OwnFormat = {
  title: `a .npz file of ${ARRAYS_READ}`,
  framed: false,
  recognises: (path) => path.toLowerCase().endsWith('.npz') && !isFolder(path),
  load: ({ path, name }) =>
    arraysToDataset(path, name, decodeNpz(readDataFile(path, 'check the path'), path)),
};
