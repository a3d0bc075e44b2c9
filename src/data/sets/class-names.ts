// Names of the classes of a data set whose files are not at hand.
import { CIFAR10_DVS_CLASSES } from './cifar10-dvs.js';
import type { DatasetName } from '../dataset.js';
import { SHAPES10_CLASSES } from './shapes10.js';

/**
 * The classes of a data set in label order, as `loadDataset` names them. Those of CIFAR-100 stand in its files only:
 * they are numbered here.
 */
export const classNames = (name: DatasetName): readonly string[] =>
  name === 'cifar100'
    ? Array.from({ length: 100 }, (_, i) => `class ${i}`)
    : name.startsWith('cifar10')
      ? CIFAR10_DVS_CLASSES
      : SHAPES10_CLASSES;
