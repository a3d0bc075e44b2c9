// `quick`: small trainings on the embedded images, a few minutes in all; what `npm run reproduce` makes.
// Tests: test/sweep/presets/presets.test.ts.
import type { ExperimentInput } from '../../experiment/experiment.js';
import type { Preset } from './plan.js';

const base: ExperimentInput = {
  network: { architecture: 'convNet', width: 0.25 },
  epochs: 4,
  batchSize: 25,
  optimizer: { kind: 'adam', learningRate: 5e-3 },
};

/** The preset: its data, the settings that its trainings start from, and its seeds. */
export const quick = {
  data: { name: 'shapes10', trainLimit: 2000, testLimit: 500, validation: 0, augment: 'none' },
  base,
  seeds: [0, 1, 2],
} satisfies Preset & Record<string, unknown>;
