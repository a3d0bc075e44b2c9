// Whether a data set is where it would be read from, without reading it.
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { cifarFolder } from './cifar.js';
import { cifar10DvsFolder } from './cifar10-dvs.js';
import type { DatasetName } from '../dataset.js';

/**
 * True for what is generated, and for a downloaded data set whose folder is there, whatever is in it.
 *
 * @param root - the data folder, as `loadDataset` takes it
 */
export function isFound(name: DatasetName, root: string): boolean {
  switch (name) {
    case 'shapes10':
    case 'shapes10-dvs':
      return true;
    case 'cifar10':
    case 'cifar100':
      return existsSync(cifarFolder(resolve(root), name));
    case 'cifar10-dvs':
      return existsSync(cifar10DvsFolder(resolve(root)));
  }
}
