// `sgs runs`: the records in a folder: list, show, compare, export, import, digests.
import type { Command } from 'commander';
import { summariseEvaluations, summariseRuns } from '../statistics/summary.js';
import { listHeaders } from '../records/index-cache.js';
import { printTable, reportCorrupt, resolveId, runsOf, type CommonOptions } from './options.js';
import { someText } from './values.js';
import { addCompare } from './runs/compare.js';
import { addDigests } from './runs/digests.js';
import { addExport } from './runs/export.js';
import { addImport } from './runs/import.js';
import { print } from '../print.js';

/** Adds the command and its parts. */
export function addRuns(command: Command): void {
  const part = (name: string, description: string): Command =>
    command
      .command(name)
      .description(description)
      .option('--runs <folder>', 'where the records are (default: SGS_RUNS, else data/runs)', someText);
  part('list', 'every record, a line each').action(list);
  part('show', 'one record, whole, as JSON')
    .argument('<id>', 'its id, or the first digits')
    .action((text: string, options: CommonOptions) => {
      const runs = runsOf(options);
      print(JSON.stringify(runs.get(resolveId(runs, text, 'any')), null, 2));
    });
  addCompare(command);
  addExport(command);
  addImport(command);
  addDigests(command);
}

function list(options: CommonOptions): void {
  const runs = runsOf(options);
  const { headers, corrupt } = listHeaders(runs);
  if (headers.length === 0) print(`no records in ${runs.folder}; \`sgs train\` makes one`);
  printTable('runs', summariseRuns(headers));
  printTable('evaluations', summariseEvaluations(headers));
  reportCorrupt(corrupt);
}
