// `sgs report`: makes the HTML report again from the outputs in a folder. Tests: test/commands/reach.slow.ts.
import type { Command } from 'commander';
import { someText } from './values.js';
import { figuresRoot } from '../paths.js';
import { writeReport } from './reproduction.js';
import { print } from '../print.js';

/** Adds what the command takes and does. */
export function addReport(command: Command): void {
  command
    .option('--figures <folder>', 'where they are (default: SGS_FIGURES, else figures)', someText)
    .action(({ figures }: { figures?: string }) => {
      print(writeReport(figuresRoot({ figuresDir: figures })));
    });
}
