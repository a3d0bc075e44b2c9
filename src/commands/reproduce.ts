// `sgs reproduce`: trains a preset, runs the notebooks on its records, and makes the report.
// Tests: test/commands/options.test.ts.
import { Option, type Command } from 'commander';
import { DATASET_NAMES } from '../data/sets/index.js';
import { PRESET_NAMES } from '../sweep/presets/presets.js';
import { NOTEBOOKS } from '../studies/index.js';
import type { ReproduceOptions } from './reproduction/options.js';
import { reproduce } from './reproduction/steps.js';
import { withSlurm } from './slurm.js';
import { parallel } from './values.js';
import { checkpointOption, leaseOption, withCommon } from './options.js';

/** Adds what the command takes and does. */
export function addReproduce(command: Command): void {
  command
    .addOption(new Option('--preset <name>', 'which list of runs').choices(PRESET_NAMES).default('quick'))
    .addOption(new Option('--data <name>', 'train the preset on another data set').choices(DATASET_NAMES))
    .addOption(
      new Option(
        '--only <notebook...>',
        'train for these notebooks what is not there yet, and execute only these',
      ).choices(NOTEBOOKS),
    )
    .option('--no-train', 'train nothing: show what the records that are there give')
    .option('--jobs <n>', 'trainings at the same time (default: as many as cores and memory allow)', parallel)
    .option('--dry-run', 'print what would be trained, and how long it may take', false)
    .option('--status', 'print where every training that lacks its record stands; train nothing', false)
    .option('--retry-failed', 'try again what is recorded as failed', false)
    .option('--keep', 'reuse the records of an earlier quick run instead of training afresh', false)
    .action((options: ReproduceOptions) => reproduce(options));
  withSlurm(command.addOption(checkpointOption()).addOption(leaseOption()));
  withCommon(command);
}
