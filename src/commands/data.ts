// `sgs data`: downloads a data set from its official address, verifies and unpacks it. Tests: test/commands/reach.slow.ts.
import { fitted } from './help.js';
import { Argument, type Command } from 'commander';
import { downloadDataset } from '../data/download/download.js';
import { DATASET_NAMES, type DatasetName, datasets, DOWNLOADABLE } from '../data/sets/index.js';
import { interruptSignal } from '../cell/interrupt.js';
import { dataRoot } from '../paths.js';
import { reportProgress } from '../display/progress/progress.js';
import { print } from '../print.js';
import { someText } from './values.js';

const EMBEDDED = DATASET_NAMES.filter((name) => datasets[name].files === undefined);

/** Adds what the command takes and does. */
export function addData(command: Command): void {
  command
    .addArgument(new Argument('<name>', 'data set').choices(DOWNLOADABLE))
    .option('--data-dir <folder>', 'where to (default: SGS_DATA, else data/raw)', someText)
    .option(
      '--source <url>',
      'a mirror: the base address that the official file names are appended to',
      someText,
    )
    .addHelpText('after', fitted(`\nThe embedded sets ${EMBEDDED.join(' and ')} need no download.`))
    .action(async (name: DatasetName, options: { dataDir?: string; source?: string }) => {
      const onProgress = reportProgress();
      try {
        const folder = dataRoot(options);
        const { source } = options;
        await downloadDataset(name, {
          folder,
          source,
          signal: interruptSignal(),
          onProgress: ({ file, stage, done, total }) =>
            onProgress({ done, total: total ?? done, label: `${stage} ${file}` }),
        });
        onProgress.stop();
        print(`${name} is complete and verified in ${folder}`);
      } finally {
        onProgress.stop();
      }
    });
}
