// `sgs runs compare`: named runs side by side, or groups of runs by settings as a paper prints them.
// Tests: test/commands/runs.test.ts.
import { fitted } from '../help.js';
import { Option, type Command } from 'commander';
import { compare, type CompareSettings, type Comparison } from '../../statistics/compare.js';
import { comparisonRows, printedComparison } from '../../statistics/print.js';
import { selectRuns } from '../../statistics/settings.js';
import { type ComparisonRow, compareRuns } from '../../statistics/summary.js';
import { fittedTable } from '../../display/fitted.js';
import { printTable, terminalWidth } from '../../display/print-table.js';
import { SettingsError } from '../../errors.js';
import { writeWhole } from '../../files/whole.js';
import type { RunHeader } from '../../records/header.js';
import { listHeaders } from '../../records/index-cache.js';
import type { RunRecord } from '../../records/record.js';
import { toCsv, toMarkdown, toTable } from '../../figures/table.js';
import { reportCorrupt, resolveId, runsOf, type CommonOptions } from '../options.js';
import { assignmentOption, someText, someTexts, valuesOf } from '../values.js';
import { printData, tell } from '../../print.js';

type Format = 'text' | 'markdown' | 'csv';

interface CompareOptions
  extends CommonOptions, Pick<CompareSettings, 'measure' | 'test' | 'interval' | 'ignore'> {
  by?: string[];
  where?: string[];
  baseline?: string[];
  columns?: boolean;
  format: Format;
  output?: string;
}

const HELP = `
Without --by: the settings in which the named runs differ, and all their results.

With --by: a row for each combination of the settings named, over all runs of the folder (or those named, or those
that fit --where): number of seeds, mean ± sd of the test accuracy at the last epoch, and the difference to a
baseline, paired by seed, with its 95 % interval, Cohen's d_z, Hedges' g, p of the paired test, and p with Holm's
correction for all rows. The baseline is the row that --baseline names (the best of several, by validation accuracy),
else the row with the best validation accuracy; the test part is never looked at for it. Runs that diverged, failed or
were interrupted are counted and never averaged. Runs that differ in anything else are refused: see --where and
--columns.

Examples:
  sgs runs compare 3f2a 91bc
  sgs runs compare --by neuron.delta lipschitz.beta --where data.name=cifar10 epochs=5
  sgs runs compare --by lipschitz.beta --baseline lipschitz.beta=0 --format markdown --output table.md`;

/** Adds the part to the command `runs`. */
export function addCompare(runs: Command): void {
  runs
    .command('compare')
    .description(
      'where runs differ in settings and results; with --by, means, differences and tests over seeds',
    )
    .argument('[ids...]', 'ids, or their first digits; with --by default all runs')
    .option('--by <paths...>', 'settings that make a row each, such as neuron.delta', someTexts)
    .addOption(
      assignmentOption('--where <path=value...>', 'only runs with these settings; the value as JSON or text'),
    )
    .addOption(assignmentOption('--baseline <path=value...>', 'the row that others are compared with'))
    .option('--columns', 'other settings in which the runs differ become columns (default: refused)')
    .option('--ignore <paths...>', 'settings that may differ within a row, such as numerics.build', someTexts)
    .addOption(
      new Option('--measure <name>', 'accuracy at the last epoch on which part')
        .choices(['testAccuracy', 'validationAccuracy'])
        .default('testAccuracy'),
    )
    .addOption(
      new Option('--test <name>', 't: paired t test; sign-flip: exact, without assumptions')
        .choices(['t', 'sign-flip'])
        .default('t'),
    )
    .addOption(
      new Option('--interval <name>', 'interval of the differences; bootstrap is BCa')
        .choices(['t', 'bootstrap'])
        .default('t'),
    )
    .addOption(
      new Option('--format <name>', 'csv has every number in full and in its own column')
        .choices(['text', 'markdown', 'csv'])
        .default('text'),
    )
    .option('--output <file>', 'write there instead of printing', someText)
    .option('--runs <folder>', 'where the records are (default: SGS_RUNS, else data/runs)', someText)
    .addHelpText('after', fitted(HELP))
    .action(compareThem);
}

function compareThem(texts: string[], options: CompareOptions): void {
  if (options.by !== undefined) return compareGroups(texts, options);
  if (texts.length === 0)
    throw new SettingsError(
      'runs compare: name runs by their ids, or settings with --by; `sgs runs help compare` has examples',
    );
  const runs = runsOf(options);
  const records = texts.map((text) => runs.get(resolveId(runs, text)) as RunRecord);
  const { differences, results } = compareRuns(records);
  printTable(differences, { heading: 'what differs' });
  printTable(results.map(withShortDigest), { heading: 'results' });
}

/** Digits of a digest by which people tell two apart. */
const DIGITS = 12;
const withShortDigest = (row: ComparisonRow): ComparisonRow =>
  row.field === 'weightsDigest'
    ? Object.fromEntries(
        Object.entries(row).map(([name, value]) => [
          name,
          String(value).slice(0, name === 'field' ? 13 : DIGITS),
        ]),
      )
    : row;

function compareGroups(texts: string[], options: CompareOptions): void {
  const { by = [], where = [], baseline, columns, measure, test, interval, ignore, format, output } = options;
  const runs = runsOf(options);
  const { headers, corrupt } = listHeaders(runs);
  reportCorrupt(corrupt);
  const wanted = new Set(texts.map((text) => resolveId(runs, text)));
  const all = headers.filter((header): header is RunHeader => header.kind === 'run');
  const named = texts.length === 0 ? all : all.filter(({ id }) => wanted.has(id));
  const comparison = compare(selectRuns(named, valuesOf('--where', where)), splitPaths(by), {
    others: columns ? 'columns' : 'error',
    ignore,
    measure,
    test,
    interval,
    ...(baseline && { baseline: valuesOf('--baseline', baseline) }),
  });
  const text = FORMATS[format](comparison);
  if (output === undefined) printData(text);
  else writeWhole(output, text);
  for (const note of comparison.notes) tell(note);
}

/** Columns that a narrow terminal drops. */
const LEAST = [
  ...[
    'Hedges g',
    'd_z',
    'best test epoch (%)',
    'best by validation',
    'pairs',
    'p',
    'validation (%)',
    'p (Holm)',
  ],
];

const FORMATS: Record<Format, (comparison: Comparison) => string> = {
  text: (comparison) =>
    `${fittedTable(printedComparison(comparison), { width: terminalWidth(), least: LEAST })}\n`,
  markdown: (comparison) => toMarkdown(toTable(printedComparison(comparison))),
  csv: (comparison) => toCsv(toTable(comparisonRows(comparison))),
};

/** Paths given one by one or joined by commas. */
const splitPaths = (texts: readonly string[]): string[] =>
  texts.flatMap((text) => text.split(',')).filter((path) => path !== '');
