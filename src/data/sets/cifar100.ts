// CIFAR-100 (Krizhevsky 2009): as CIFAR-10, of a hundred kinds of things in twenty groups.
// Tests: test/data/sets/cifar.test.ts and test/data/sets/index.test.ts.
import { expectedFiles } from '../download/sources.js';
import type { CifarForm } from './cifar.js';
import { cifarDefinition } from './cifar-definition.js';

const CLASSES = 100;

export const cifar100Form: CifarForm = {
  name: 'cifar100',
  title: 'CIFAR-100',
  classes: Array.from({ length: CLASSES }, (_, i) => `class ${i}`),
  /** TET's (Deng et al. 2022). What the paper used is not known. */
  normalisation: { mean: [0.5071, 0.4867, 0.4408], std: [0.2675, 0.2565, 0.2761] },
  folder: 'cifar-100-binary',
  train: ['train.bin'],
  test: 'test.bin',
  recordsInTrainFile: 50_000,
  labels: [
    { name: 'coarse label', classes: 20 },
    { name: 'fine label', classes: CLASSES },
  ],
  names: 'fine_label_names.txt',
  archive: {
    file: 'cifar-100-binary.tar.gz',
    md5: '03b5dce01913d631647c71ecec9e9cb8',
    bytes: 168_513_733,
    files: expectedFiles({
      'train.bin': 'f31298fc616915fa142368359df1c4ca2ae984d6915ca468b998a5ec6aeebf29',
      'test.bin': 'd8b1e6b7b3bee4020055f0699b111f60b1af1e262aeb93a0b659061746f8224a',
    }),
  },
};

export const cifar100 = cifarDefinition(cifar100Form);
