// `sgs report`: makes the HTML report again from the outputs in a folder.
import type { Command } from 'commander';
import { someText } from './values.js';
import { figuresRoot } from '../paths.js';
import { writeReport } from './reproduction.js';
import { print } from '../print.js';

/** Adds the command. */
export function addReport(program: Command): void {
  program
    .command('report')
    .description('make index.html from the figures and tables in a folder')
    .option('--figures <folder>', 'where they are (default: SGS_FIGURES, else figures)', someText)
    .action(({ figures }: { figures?: string }) => {
      print(writeReport(figuresRoot({ figuresDir: figures })));
    });
}
