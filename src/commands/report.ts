// `sgs report`: makes the HTML report and RESULTS.md again from the outputs in a folder. Tests: test/commands/reach.slow.ts.
import type { Command } from 'commander';
import { someText } from './values.js';
import { figuresRoot, resultsFile, runsRoot } from '../paths.js';
import { buildResults } from '../report/results.js';
import { writeReport } from './reproduction.js';
import { print } from '../print.js';

/** Adds what the command takes and does. */
export function addReport(command: Command): void {
  command
    .option('--figures <folder>', 'where they are (default: SGS_FIGURES, else figures)', someText)
    .option('--runs <folder>', 'the records behind them (default: SGS_RUNS, else data/runs)', someText)
    .action(({ figures, runs }: { figures?: string; runs?: string }) => {
      const folder = figuresRoot({ figuresDir: figures });
      print(writeReport(folder));
      print(buildResults({ figures: folder, runs: runsRoot({ runsDir: runs }), file: resultsFile(folder) }));
    });
}
