// Definitions of CIFAR-10 and CIFAR-100, from how they differ. Tests: test/data/sets/cifar.test.ts and
// test/data/sets/index.test.ts.
import { cifarFolder, type CifarForm, readCifar, SHAPE, TEST_IMAGES, TRAIN_IMAGES } from './cifar.js';
import type { DatasetDefinition } from './definition.js';

/** The definition of a data set of this form. */
export const cifarDefinition = (form: CifarForm): DatasetDefinition => ({
  name: form.name,
  title: form.title,
  kind: 'images',
  shape: SHAPE,
  classes: form.classes,
  sizes: { train: TRAIN_IMAGES, test: TEST_IMAGES },
  normalisation: form.normalisation,
  files: {
    folder: (root) => cifarFolder(root, form),
    archives: [
      {
        urls: [`https://www.cs.toronto.edu/~kriz/${form.archive.file}`],
        inside: form.folder,
        folder: form.folder,
        ...form.archive,
      },
    ],
  },
  load: ({ root, fingerprint }) => readCifar(root, form, fingerprint),
});
