// `sgs runs export`: records as a table for other programs. Tests: test/commands/runs.test.ts.
import { fitted } from '../help.js';
import { extname } from 'node:path';
import { Option, type Command } from 'commander';
import { selectRuns } from '../../statistics/settings.js';
import { SettingsError } from '../../errors.js';
import { EXPORT_FORMATS, exportRows, type ExportFormat } from '../../figures/export.js';
import { epochRows, resultRows, runRows, spikeRows, type ExportRow } from '../../statistics/rows.js';
import { writeWhole } from '../../files/whole.js';
import type { RunHeader } from '../../records/header.js';
import { listHeaders } from '../../records/index-cache.js';
import type { EvaluationRecord, RunRecord } from '../../records/record.js';
import type { Runs } from '../../records/folder.js';
import { reportCorrupt, runsOf, type CommonOptions } from '../options.js';
import { assignmentOption, someText, valuesOf } from '../values.js';
import { printData, tell } from '../../print.js';

interface ExportOptions extends CommonOptions {
  format?: ExportFormat;
  output?: string;
  table: TableName;
  where?: string[];
}

const HELP = `
Tables: runs, one row a run (settings, outcome, machine, versions); epochs, one row an epoch; spikes, one row a layer
and time step; results, one row a result of an evaluation. Rows join by id (results: of).

Examples:
  sgs runs export --output runs.parquet
  sgs runs export --table epochs --where data.name=cifar10 --format csv`;

/** Adds the part to the command `runs`. */
export function addExport(runs: Command): void {
  runs
    .command('export')
    .description('records as a table: CSV, JSON, Arrow (Feather) or Parquet')
    .addOption(
      new Option('--format <name>', 'default: what the output’s name ends in').choices(EXPORT_FORMATS),
    )
    .option('--output <file>', 'where to; CSV and JSON are printed without it', someText)
    .addOption(new Option('--table <name>', 'which rows').choices(Object.keys(TABLES)).default('runs'))
    .addOption(
      assignmentOption('--where <path=value...>', 'only runs with these settings; the value as JSON or text'),
    )
    .option('--runs <folder>', 'where the records are (default: SGS_RUNS, else data/runs)', someText)
    .addHelpText('after', fitted(HELP))
    .action(exportThem);
}

type TableName = 'runs' | 'epochs' | 'spikes' | 'results';

const whole = (runs: Runs, headers: readonly RunHeader[]): RunRecord[] =>
  headers.map(({ id }) => runs.get(id) as RunRecord);

/** Rows of each table, of the chosen runs. */
const TABLES: Record<TableName, (runs: Runs, chosen: readonly RunHeader[]) => ExportRow[]> = {
  runs: (_runs, chosen) => runRows(chosen),
  epochs: (runs, chosen) => epochRows(whole(runs, chosen)),
  spikes: (runs, chosen) => spikeRows(whole(runs, chosen)),
  results: (runs, chosen) => {
    const ids = new Set(chosen.map(({ id }) => id));
    const evaluations = listHeaders(runs).headers.filter(
      (header) => header.kind === 'evaluation' && ids.has(header.of),
    );
    return resultRows(evaluations.map(({ id }) => runs.get(id) as EvaluationRecord));
  },
};

function exportThem({ format, output, table, where = [], ...options }: ExportOptions): void {
  const runs = runsOf(options);
  const { headers, corrupt } = listHeaders(runs);
  reportCorrupt(corrupt);
  const chosen = selectRuns(
    headers.filter((header): header is RunHeader => header.kind === 'run'),
    valuesOf('--where', where),
  );
  const rows = TABLES[table](runs, chosen);
  const content = exportRows(rows, format ?? formatOf(output));
  if (output !== undefined) {
    writeWhole(output, content);
    tell(`${rows.length} rows written to ${output}`);
  } else if (typeof content === 'string') printData(content);
  else throw new SettingsError(`runs export: ${format} is not text; name a file with --output`);
}

function formatOf(output: string | undefined): ExportFormat {
  if (output === undefined) return 'csv';
  const ending = extname(output).slice(1).toLowerCase();
  const format = ending === 'feather' ? 'arrow' : EXPORT_FORMATS.find((name) => name === ending);
  if (format === undefined)
    throw new SettingsError(
      `runs export: ${output} does not end in one of ${EXPORT_FORMATS.join(', ')}; choose with --format`,
    );
  return format;
}
