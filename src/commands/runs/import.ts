// `sgs runs import`: records of another machine. Tests: test/commands/runs.test.ts.
import { fitted } from '../help.js';
import type { Command } from 'commander';
import { printTable } from '../../display/print-table.js';
import { importRecords, isTrouble, type ImportSettings } from '../../records/import.js';
import { runsOf, type CommonOptions } from '../options.js';
import { someText } from '../values.js';
import { tell } from '../../print.js';

const HELP = `
Every record is verified (its id and its content hash are computed again; records of earlier versions have no hash: they are
checked against SHA256SUMS where it lists them, else the line says so), and so are weights (by the record's digest).
Nothing here is overwritten. Each file is listed with what happened: added, already there (the same result),
conflicting (another result, which stays), damaged, or left out. The exit code is 1 where something conflicts or is
damaged; all else has been imported then.

Examples:
  sgs runs import /mnt/cluster/runs --dry-run
  sgs runs import ~/from-laptop --runs data/runs`;

/** Adds the part to the command `runs`. */
export function addImport(runs: Command): void {
  runs
    .command('import')
    .description('verify the records in another folder and add those that are not here')
    .argument('<folder>', 'where the other records are')
    .option('--dry-run', 'only say what would happen')
    .option('--replace-unfinished', 'a finished record takes the place of one interrupted or failed here')
    .option('--runs <folder>', 'where the records go (default: SGS_RUNS, else data/runs)', someText)
    .addHelpText('after', fitted(HELP))
    .action((folder: string, options: CommonOptions & ImportSettings) => {
      const runs = runsOf(options);
      const files = importRecords(folder, runs, options);
      printTable(files);
      const counts = new Map<string, number>();
      for (const { what } of files) counts.set(what, (counts.get(what) ?? 0) + 1);
      const summary = [...counts].map(([what, n]) => `${n} ${what}`).join(', ') || 'nothing there';
      tell(`${options.dryRun ? 'would be: ' : ''}${summary} (into ${runs.folder})`);
      if (files.some(isTrouble)) process.exitCode = 1;
    });
}
