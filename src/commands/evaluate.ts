// `sgs eval`, `sgs noise`, `sgs energy`: evaluate a trained run and keep the record. Tests: test/commands/reach.slow.ts.
import { wrapped } from '../display/wrap.js';
import { fitted } from './help.js';
import { type Command, Option } from 'commander';
import { interruptSignal } from '../cell/interrupt.js';
import { NOISE_DEFINITIONS } from '../data/images/noise-definitions.js';
import { reportProgress } from '../display/progress/progress.js';
import { printTable } from '../display/print-table.js';
import { SettingsError } from '../errors.js';
import { EVALUATION_KINDS, measures, type ResultRow } from '../measures/index.js';
import { checkEvaluations } from '../measures/schema.js';
import { experimentNetwork } from '../experiment/network.js';
import type { RunRecord } from '../records/record.js';
import { FIGURE_7_LEVELS } from '../sweep/presets/presets.js';
import { evaluateRun, type Evaluation, evaluationIdOf } from '../training/evaluate-run.js';
import {
  type CommonOptions,
  dataPathOption,
  datasetOf,
  engineOf,
  resolveId,
  runsOf,
  withCommon,
} from './options.js';
import { count, numberList, seed } from './values.js';
import { print, tell } from '../print.js';

/** Kinds that need no settings. */
const PLAIN_KINDS = EVALUATION_KINDS.filter((kind) => Object.keys(measures[kind].example).length === 0);

/** Adds what all three commands take. */
const base = (command: Command): Command =>
  withCommon(
    command
      .argument('<run>', 'id of a run, or its first digits')
      .addOption(dataPathOption())
      .option('--limit <n>', 'only the first n test examples', count),
  );

/** Adds what `sgs eval` takes and does. */
export function addEval(command: Command): void {
  base(command)
    .addOption(
      new Option(
        '--kind <kind>',
        `what to look at: ${PLAIN_KINDS.map((kind) => measures[kind].title).join('; ')}`,
      )
        .choices(PLAIN_KINDS)
        .default('test'),
    )
    .action((run: string, { kind, limit, ...options }) => {
      const [evaluation] = checkEvaluations([{ kind, ...(limit !== undefined && { limit }) }], 'sgs eval');
      return evaluate(run, evaluation, options);
    });
}

/** Adds what `sgs noise` takes and does. */
export function addNoise(command: Command): void {
  base(command)
    .addOption(
      new Option('--definition <name>', 'what "noise level" means; one of those below')
        .choices(NOISE_DEFINITIONS.map(({ name }) => name))
        .default('gaussian-pixel-sigma-clip'),
    )
    .option(
      '--levels <list>',
      'noise levels, separated by commas (default: 0 and those of Fig. 7)',
      numberList,
    )
    .option('--noise-seed <n>', 'seed of the noise', seed, 0)
    .option('--per-step', 'draw new noise at every time step', false)
    .addHelpText('after', fitted(`\nDefinitions:\n${definitionList()}`))
    .action((run: string, { definition, levels, noiseSeed, perStep, limit, ...options }) =>
      evaluate(
        run,
        {
          kind: 'noise',
          definition,
          levels: levels ?? [0, ...FIGURE_7_LEVELS],
          seed: noiseSeed,
          perStep,
          limit,
        },
        options,
      ),
    );
}

/** Adds what `sgs energy` takes and does. */
export function addEnergy(command: Command): void {
  base(command).action((run: string, { limit, ...options }) =>
    evaluate(run, { kind: 'energy', limit }, options),
  );
}

const definitionList = (): string =>
  NOISE_DEFINITIONS.map(
    ({ name, description, formula }) => `  ${name}\n${wrapped(`${description}: ${formula}`, 80, '      ')}`,
  ).join('\n');

async function evaluate(run: string, evaluation: Evaluation, options: CommonOptions): Promise<void> {
  const runs = runsOf(options);
  const id = resolveId(runs, run);
  const record = runs.get(id) as RunRecord;
  const { experiment, data } = record;
  checkLimit(evaluation, record);
  const dataset = await datasetOf(experiment.data, experiment.steps, {
    ...options,
    fingerprint: data.fingerprint,
  });
  const network = experimentNetwork(experiment, dataset.shape, dataset.classes.length);
  const engine = await engineOf(options, network, experiment);
  const onProgress = reportProgress();
  const asked = { ...record, data: { ...data, fingerprint: dataset.fingerprint } };
  if (runs.has(evaluationIdOf(asked, evaluation)))
    tell('done already; its record is kept, nothing is evaluated again');
  try {
    const made = await evaluateRun(id, evaluation, {
      engine,
      dataset,
      runs,
      onProgress,
      signal: interruptSignal(),
    });
    onProgress.stop();
    print(`${made.id}  ${evaluation.kind} of ${id}, ${made.seconds.toFixed(1)} s`);
    print('');
    for (const rows of byKindOfRow(made.results)) printTable(rows);
  } finally {
    onProgress.stop();
  }
}

/** Refuses more examples than there are: the record would say that it looked at them. */
function checkLimit(evaluation: Evaluation, { id, data }: RunRecord): void {
  const limit = 'limit' in evaluation ? evaluation.limit : undefined;
  const { test } = data.split;
  if (limit !== undefined && limit > test)
    throw new SettingsError(
      `--limit: ${limit} asked for, ${test} there (${id} was tested on them); lower it or leave it out for all`,
    );
}

/** Rows that say what they are (`row`) are printed as a table of each kind. */
function byKindOfRow(rows: ResultRow[]): ResultRow[][] {
  const groups = new Map<unknown, ResultRow[]>();
  for (const { row, ...rest } of rows) groups.set(row, [...(groups.get(row) ?? []), rest]);
  return [...groups.values()];
}
