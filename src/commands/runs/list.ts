// `sgs runs list`: the records in a folder, a line each. Tests: test/commands/runs.test.ts.
import { fitted } from '../help.js';
import { Option, type Command } from 'commander';
import { printTable } from '../../display/print-table.js';
import { durationText } from '../../display/progress/meter.js';
import { print } from '../../print.js';
import type { RunHeader } from '../../records/header.js';
import { listHeaders } from '../../records/index-cache.js';
import { selectRuns } from '../../statistics/settings.js';
import { type RunSummary, summariseEvaluations, summariseRuns } from '../../statistics/summary.js';
import { reportCorrupt, runsOf, type CommonOptions } from '../options.js';
import { assignmentOption, count, someText, valuesOf } from '../values.js';

interface ListOptions extends CommonOptions {
  where?: string[];
  sort: SortKey;
  limit?: number;
  wide?: boolean;
}

/** By what a list can be sorted, and whether the largest comes first. */
const SORTED_BY = {
  id: { of: ({ id }: RunSummary) => id, down: false },
  name: { of: ({ name }: RunSummary) => name, down: false },
  status: { of: ({ status }: RunSummary) => status, down: false },
  data: { of: ({ data }: RunSummary) => data, down: false },
  network: { of: ({ network }: RunSummary) => network, down: false },
  test: { of: ({ testAccuracy }: RunSummary) => testAccuracy, down: true },
  validation: { of: ({ validationAccuracy }: RunSummary) => validationAccuracy, down: true },
  time: { of: ({ seconds }: RunSummary) => seconds, down: true },
} as const;
type SortKey = keyof typeof SORTED_BY;

const HELP = `
Columns that a narrow terminal has no room for are left out, the least important first; the last line names them.

Examples:
  sgs runs list --sort test --limit 10
  sgs runs list --where data.name=cifar10 neuron.delta=0 --wide`;

/** Adds the part to the command `runs`. */
export function addList(runs: Command): void {
  runs
    .command('list')
    .description('the records, a line each')
    .addOption(
      assignmentOption('--where <path=value...>', 'only runs with these settings; the value as JSON or text'),
    )
    .addOption(
      new Option('--sort <column>', 'test, validation and time: the largest first')
        .choices(Object.keys(SORTED_BY))
        .default('id'),
    )
    .option('--limit <n>', 'only the first n runs', count)
    .option('--wide', 'all columns in full, however narrow the terminal is')
    .option('--runs <folder>', 'where the records are (default: SGS_RUNS, else data/runs)', someText)
    .addHelpText('after', fitted(HELP))
    .action(list);
}

/** Columns that a narrow terminal drops. */
const LEAST = [
  ...['best test', 'time', 'T', 'seed', '…name', 'epochs', 'network', 'data', 'status', 'validation'],
];

function list({ where = [], sort, limit = Infinity, wide, ...options }: ListOptions): void {
  const runs = runsOf(options);
  const { headers, corrupt } = listHeaders(runs);
  if (headers.length === 0) print(`no records in ${runs.folder}; \`sgs train\` makes one`);
  const all = headers.filter((header): header is RunHeader => header.kind === 'run');
  const chosen = sorted(summariseRuns(selectRuns(all, valuesOf('--where', where))), sort);
  const shown = chosen.slice(0, limit);
  printTable(shown.map(lineOf), { heading: 'runs', least: LEAST, wide });
  if (shown.length < chosen.length) print(`${shown.length} of ${chosen.length} runs\n`);
  const ids = new Set(shown.map(({ id }) => id));
  const evaluations = summariseEvaluations(headers).filter(
    ({ of }) => shown.length === all.length || ids.has(of),
  );
  printTable(
    evaluations.map(({ seconds, ...rest }) => ({ ...rest, time: durationText(seconds) })),
    { heading: 'evaluations', least: ['time', 'rows'], wide },
  );
  reportCorrupt(corrupt);
}

function sorted(rows: readonly RunSummary[], key: SortKey): RunSummary[] {
  const { of, down } = SORTED_BY[key];
  const sign = down ? -1 : 1;
  return [...rows].sort((a, b) => {
    const [x, y] = [of(a), of(b)];
    if (x === null || y === null) return Number(x === null) - Number(y === null);
    return x === y ? 0 : sign * (x < y ? -1 : 1);
  });
}

const percent = (share: number | null): string => (share === null ? '' : `${(100 * share).toFixed(2)} %`);

const lineOf = (run: RunSummary): object => ({
  id: run.id,
  name: run.name,
  status: run.status,
  epochs: run.epochs,
  data: run.data,
  network: run.network,
  T: run.steps,
  seed: run.seed,
  test: percent(run.testAccuracy),
  'best test': percent(run.bestTestAccuracy),
  validation: percent(run.validationAccuracy),
  time: durationText(run.seconds),
});
