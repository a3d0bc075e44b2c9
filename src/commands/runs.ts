// `sgs runs`: the records in a folder: list, show, compare.
import type { Command } from 'commander';
import { compareRuns, summariseEvaluations, summariseRuns } from '../compare.js';
import { renderTable } from '../display/table.js';
import type { RunRecord } from '../record.js';
import { resolveId, runsOf, type CommonOptions } from './options.js';

/** Adds the command and its three parts. */
export function addRuns(program: Command): void {
  const command = program.command('runs').description('the records in a folder');
  const part = (name: string, description: string): Command =>
    command
      .command(name)
      .description(description)
      .option('--runs <folder>', 'where the records are (default: SGS_RUNS, else data/runs)');
  part('list', 'every record, a line each').action(list);
  part('show', 'one record, whole, as JSON')
    .argument('<id>', 'its id, or the first digits')
    .action((text: string, options: CommonOptions) => {
      const runs = runsOf(options);
      console.log(JSON.stringify(runs.get(resolveId(runs, text, 'any')), null, 2));
    });
  part('compare', 'where runs differ in settings and results')
    .argument('<ids...>', 'ids, or their first digits')
    .action(compare);
}

/** Prints rows as a table under a heading; nothing when there are none. */
function printTable(heading: string, rows: readonly object[]): void {
  if (rows.length > 0) console.log(`${heading}\n${renderTable(rows, { limit: 10_000 })['text/plain']}\n`);
}

function list(options: CommonOptions): void {
  const runs = runsOf(options);
  const { records, corrupt } = runs.list();
  if (records.length === 0) console.log(`no records in ${runs.folder}; \`sgs train\` makes one`);
  printTable('runs', summariseRuns(records));
  printTable('evaluations', summariseEvaluations(records));
  for (const error of corrupt) console.error(`not readable: ${error.message}`);
  if (corrupt.length > 0) process.exitCode = 1;
}

function compare(texts: string[], options: CommonOptions): void {
  const runs = runsOf(options);
  const records = texts.map((text) => runs.get(resolveId(runs, text)) as RunRecord);
  const { differences, results } = compareRuns(records);
  printTable('what differs', differences);
  printTable('results', results);
}
