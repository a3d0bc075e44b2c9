// `sgs runs digests`: the list that committed records are checked against. Tests: test/commands/reach.slow.ts.
import { fitted } from '../help.js';
import type { Command } from 'commander';
import { DIGESTS_NAME, listDigests } from '../../records/digests.js';
import { print } from '../../print.js';
import { type CommonOptions, runsOf } from '../options.js';
import { someText } from '../values.js';

const HELP = `
${DIGESTS_NAME} stands beside the records, in the form of sha256sum. What is listed stays as it is: a record that has other bytes
than listed, or is gone, is an error. Records that are not listed yet are verified and added. Run it before committing records.

Example:
  sgs runs digests && git add data/runs`;

/** Adds the part to the command `runs`. */
export function addDigests(runs: Command): void {
  runs
    .command('digests')
    .description(`list the records' digests in ${DIGESTS_NAME}, and check those that are listed`)
    .option('--runs <folder>', 'where the records are (default: SGS_RUNS, else data/runs)', someText)
    .addHelpText('after', fitted(HELP))
    .action((options: CommonOptions) => {
      const { folder } = runsOf(options);
      const { added, listed } = listDigests(folder);
      print(
        `${listed} records are listed in ${folder}, ${added.length} of them newly; all have the bytes listed`,
      );
    });
}
