// `desk`: real CIFAR images and recordings as far as they are found, small enough for two cores: effects on a net of five
// convolutions with five seeds, the paper's topology at a quarter of its width with three. `--dry-run` estimates
// how long each takes here; none should take an hour. Tests: test/sweep/presets/presets.test.ts.
import type { ExperimentInput } from '../../experiment/experiment.js';
import type { Preset } from './plan.js';

/** Five convolutions: where effects are looked for, because it can be trained often. */
const small: ExperimentInput = {
  network: { architecture: 'convNet', width: 0.5, convolutions: 5 },
  epochs: 10,
  batchSize: 50,
};
/** The paper's topology at a quarter of its width. */
const resnet: ExperimentInput = {
  network: { architecture: 'resnet19', width: 0.25 },
  epochs: 10,
  batchSize: 50,
};
/** For recordings of events: VGGSNN at an eighth of its width. */
const eventNet: ExperimentInput = {
  network: { architecture: 'vggsnn', width: 0.125 },
  steps: 10,
  batchSize: 25,
  seed: 0,
};

/**
 * The preset: its data, the settings that its trainings start from, and its seeds. Its CIFAR-10 is the first training file by
 * name, `data_batch_1.bin`, 10,000 images, also where all five are found. A tenth of the training images is held out, so
 * that nothing need be chosen by the test part.
 */
export const desk = {
  data: { name: 'cifar10', validation: 0.1, augment: 'standard' },
  fingerprint: 'cab944b2b057e706c0502052e607a32b90354bfd477799de50726dd15b67bac2',
  small,
  resnet,
  eventNet,
  fiveSeeds: [0, 1, 2, 3, 4],
  threeSeeds: [0, 1, 2],
} satisfies Preset & Record<string, unknown>;
