import test from 'ava';
import { classNames } from '../../../src/data/sets/class-names.js';
import { DATASET_NAMES } from '../../../src/data/dataset.js';
import { loadDataset } from '../../../src/data/sets/index.js';

test('classNames: every data set has its classes, those of shapes10 as they are loaded', async (t) => {
  for (const name of DATASET_NAMES) t.is(classNames(name).length, name === 'cifar100' ? 100 : 10, name);
  t.deepEqual([...classNames('shapes10')], (await loadDataset({ name: 'shapes10' })).classes);
  t.is(classNames('cifar10')[3], 'cat');
});
