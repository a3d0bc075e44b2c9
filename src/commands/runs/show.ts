// `sgs runs show`: one record for people to read, or whole as JSON. Tests: test/commands/runs.test.ts.
import type { Command } from 'commander';
import { printTable } from '../../display/print-table.js';
import { durationText } from '../../display/progress/meter.js';
import type { Tuning } from '../../engines/engine.js';
import { experiment } from '../../experiment/experiment.js';
import { print } from '../../print.js';
import type { EvaluationRecord, RunRecord } from '../../records/record.js';
import { flatten } from '../../statistics/summary.js';
import { resolveId, runsOf, type CommonOptions } from '../options.js';
import { someText } from '../values.js';

/** Adds the part to the command `runs`. */
export function addShow(runs: Command): void {
  runs
    .command('show')
    .description('one record: settings, epochs, result')
    .argument('<id>', 'its id, or the first digits')
    .option('--json', 'the record, whole, as JSON')
    .option('--runs <folder>', 'where the records are (default: SGS_RUNS, else data/runs)', someText)
    .action((text: string, { json, ...options }: CommonOptions & { json?: boolean }) => {
      const runs = runsOf(options);
      const record = runs.get(resolveId(runs, text, 'any'));
      if (json) print(JSON.stringify(record, null, 2));
      else if (record.kind === 'run') showRun(record);
      else showEvaluation(record);
    });
}

/** Of the epochs, what a narrow terminal does without. */
const LEAST = ['images/s', 'rate', 'spike rate'];
const percent = (share?: number): string => (share === undefined ? '' : `${(100 * share).toFixed(2)} %`);

function showRun({
  id,
  experiment: given,
  outcome,
  rows,
  data,
  seconds,
  parameters,
  numerics,
  machine,
  warnings,
}: RunRecord): void {
  const { status, epoch, reason, testAccuracy, bestTestAccuracy, bestTestEpoch, validationAccuracy } =
    outcome;
  print(`${id}  ${given.name}\n`);
  const { train, validation, test } = data.split;
  const lines: Record<string, string | undefined> = {
    state: `${status} after ${epoch} of ${given.epochs} epochs, ${durationText(seconds)}${reason ? `: ${reason}` : ''}`,
    test:
      testAccuracy === undefined
        ? undefined
        : `${percent(testAccuracy)} at the last epoch, at best ${percent(bestTestAccuracy)} (epoch ${bestTestEpoch})`,
    validation: percent(validationAccuracy),
    data: `${data.name}: ${[`${train.toLocaleString('en')} for training`, validation ? `${validation.toLocaleString('en')} held out` : '', `${test.toLocaleString('en')} for the test`].filter(Boolean).join(', ')}`,
    parameters: parameters.toLocaleString('en'),
    engine: [...flatten(numerics)].map(([name, value]) => `${name} ${String(value)}`).join(', '),
    machine: `${machine.cpu}, ${machine.cores} cores, ${machine.memory} GiB, ${machine.platform}`,
    threads: machine.threads?.toString(),
  };
  for (const [what, text] of Object.entries(lines)) if (text) print(`${what.padEnd(12)}${text}`);
  for (const warning of warnings ?? []) print(`warning     ${warning}`);
  print('');
  printTable(settingRows(given), { heading: 'settings (* as by default)' });
  printTable(
    rows.map((row) => ({
      epoch: row.epoch,
      loss: row.trainLoss === null ? '' : row.trainLoss?.toFixed(4),
      ...termCells(given.loss, row.terms),
      train: percent(row.trainAccuracy),
      validation: percent(row.validationAccuracy),
      test: percent(row.testAccuracy),
      ...gradientCells(row.gradient),
      'images/s': Math.round(row.imagesPerSecond),
    })),
    { heading: 'epochs', least: LEAST },
  );
}

/** The value of each term of a loss that is a list, by its kind; of one kind twice by its place too. */
export function termCells(
  loss: RunRecord['experiment']['loss'],
  terms: readonly (number | null)[] = [],
): Record<string, string> {
  if (!Array.isArray(loss)) return {};
  const kinds = loss.map(({ kind }) => kind);
  const isTwice = (kind: string): boolean =>
    kinds.indexOf(kind as never) !== kinds.lastIndexOf(kind as never);
  return Object.fromEntries(
    terms.map((value, i) => [isTwice(kinds[i]) ? `${kinds[i]} ${i + 1}` : kinds[i], value?.toFixed(4) ?? '']),
  );
}

/** Numbers of the gradient that a rule gave: the surrogate's parameter, and δ, of several layers from the least to the largest. */
export function gradientCells({ parameter, delta }: Tuning = {}): Record<string, string> {
  const values = typeof delta === 'object' ? Object.values(delta) : [];
  const [least, largest] = [Math.min(...values), Math.max(...values)].map((value) => shortNumber(value));
  const text = typeof delta === 'number' ? shortNumber(delta) : `${least} to ${largest}`;
  return {
    ...(parameter !== undefined && { parameter: shortNumber(parameter) }),
    ...(delta !== undefined && { δ: text }),
  };
}

const shortNumber = (value: number): string => String(Number(value.toPrecision(4)));

/** All settings; those that are as by default are marked. */
function settingRows(given: RunRecord['experiment']): object[] {
  const usual = flatten(experiment());
  return [...flatten(given)]
    .filter(([name]) => name !== 'name')
    .map(([setting, value]) => ({
      setting,
      value: `${String(value)}${usual.get(setting) === value ? ' *' : ''}`,
    }));
}

function showEvaluation({ id, of, evaluation, seconds, results }: EvaluationRecord): void {
  print(`${id}  ${evaluation.kind} of ${of}, ${durationText(seconds)}\n`);
  const { kind: _kind, ...settings } = evaluation;
  printTable(
    [...flatten(settings)].map(([setting, value]) => ({ setting, value: String(value) })),
    { heading: 'settings' },
  );
  printTable(results, { heading: 'results' });
}
