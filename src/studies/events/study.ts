// Event data: recordings, frames, and a network on each data set of events.
import { desk } from '../../sweep/presets/desk.js';
import { EVALUATIONS, type PlannedTrial } from '../../sweep/presets/plan.js';
import { quick } from '../../sweep/presets/quick.js';
import { cell, rounded } from '../result-table.js';
import type { Study } from '../study.js';

const { confusion, energy } = EVALUATIONS;

/** CIFAR10-DVS at desk size. Ten times the recordings of shapes10-dvs: fewer epochs. */
export const deskCifar10Dvs: PlannedTrial = {
  settings: {
    ...desk.eventNet,
    name: 'cifar10-dvs, seed 0',
    data: { name: 'cifar10-dvs', pipeline: 'tet', augment: 'standard' },
    epochs: 10,
  },
  evaluations: [confusion, energy],
};

/** CIFAR10-DVS with the full recipe. */
export const paperCifar10Dvs: PlannedTrial = {
  settings: {
    name: 'cifar10-dvs, VGGSNN',
    network: { architecture: 'vggsnn' },
    data: { name: 'cifar10-dvs', pipeline: 'tet' },
    steps: 10,
    seed: 2022,
  },
  evaluations: [confusion, energy],
};

/** Trials, parts and claims of the notebook `events`. */
export const events: Study = {
  stem: 'events',
  title: 'Events',
  trials: {
    quick: [
      {
        settings: {
          name: 'shapes10-dvs, seed 0',
          network: { architecture: 'convNet', width: 0.25 },
          data: { name: 'shapes10-dvs', pipeline: 'tet-plain', augment: 'none' },
          steps: 5,
          epochs: 6,
          batchSize: 25,
          optimizer: quick.base.optimizer,
          seed: 0,
        },
        evaluations: [confusion, energy],
      },
    ],
    desk: [
      {
        settings: {
          ...desk.eventNet,
          name: 'shapes10-dvs, seed 0',
          data: { name: 'shapes10-dvs', pipeline: 'tet-plain', augment: 'standard' },
          epochs: 20,
        },
        evaluations: [confusion, energy],
      },
      deskCifar10Dvs,
    ],
    paper: [paperCifar10Dvs],
  },
  figures: ['cloud', 'rate', 'binning', 'frames', 'learning', 'spike-rates', 'confusion', 'cifar10-dvs'],
  tables: ['networks'],
  results: [
    {
      of: 'networks',
      columns: {
        data: cell('data'),
        network: cell('network'),
        T: cell('T'),
        pipeline: cell('pipeline'),
        'training recordings': cell('trained'),
        'test recordings': cell('tested'),
        'test accuracy in %': rounded('accuracy', 1),
        'chance in %': cell('chance'),
        record: cell('record'),
      },
    },
  ],
  claims: 'argued',
};
