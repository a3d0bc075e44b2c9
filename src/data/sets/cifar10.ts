// CIFAR-10 (Krizhevsky 2009): 60,000 photographs of ten kinds of things.
// Tests: test/data/sets/cifar.test.ts and test/data/sets/index.test.ts.
import { expectedFiles } from '../download/sources.js';
import type { CifarForm } from './cifar.js';
import { cifarDefinition } from './cifar-definition.js';

/** The classes in label order, which is also the alphabet's. */
export const CIFAR10_CLASSES: readonly string[] =
  'airplane automobile bird cat deer dog frog horse ship truck'.split(' ');

export const cifar10Form: CifarForm = {
  name: 'cifar10',
  title: 'CIFAR-10',
  classes: CIFAR10_CLASSES,
  /**
   * Those in the authors' code. The second row is smaller than the pixels' true standard deviation (0.2470 0.2435
   * 0.2616); the whole lineage uses it.
   */
  normalisation: { mean: [0.4914, 0.4822, 0.4465], std: [0.2023, 0.1994, 0.201] },
  folder: 'cifar-10-batches-bin',
  train: [1, 2, 3, 4, 5].map((batch) => `data_batch_${batch}.bin`),
  test: 'test_batch.bin',
  recordsInTrainFile: 10_000,
  labels: [{ name: 'label', classes: 10 }],
  names: 'batches.meta.txt',
  archive: {
    file: 'cifar-10-binary.tar.gz',
    md5: 'c32a1d4ab5d03f1284b67883e8d87530',
    bytes: 170_052_171,
    files: expectedFiles({
      'data_batch_1.bin': 'cee916563c9f80d84e3cc88e17fdc0941787f1244f00a67874d45b261883ada5',
      'data_batch_2.bin': 'a591ca11fa1708a91ee40f54b3da4784ccd871ecf2137de63f51ada8b3fa57ed',
      'data_batch_3.bin': 'bbe8596564c0f86427f876058170b84dac6670ddf06d79402899d93ceea26f67',
      'data_batch_4.bin': '014e562d6e23c72197cc727519169a60359f5eccd8945ad5a09d710285ff4e48',
      'data_batch_5.bin': '755304fc0b379caeae8c14f0dac912fbc7d6cd469eb67a1029a08a39453a9add',
      'test_batch.bin': '8e2eb146ae340b09e24670f29cabc6326dba54da8789dab6768acf480273f65b',
    }),
  },
};

export const cifar10 = cifarDefinition(cifar10Form);
