// Names of the classes of a data set whose files are not at hand.
import { loadableName } from '../check.js';
import { CIFAR10_DVS_CLASSES } from './cifar10-dvs.js';
import { SHAPES10_CLASSES } from './shapes10.js';

/**
 * The classes of a data set in label order, as `loadDataset` names them. Those of CIFAR-100 stand in its files only:
 * they are numbered here.
 *
 * @throws SettingsError when no data set of this name can be loaded: a record says the classes of arrays
 */
export const classNames = (name: string): readonly string[] =>
  loadableName(name) === 'cifar100'
    ? Array.from({ length: 100 }, (_, i) => `class ${i}`)
    : name.startsWith('cifar10')
      ? CIFAR10_DVS_CLASSES
      : SHAPES10_CLASSES;
