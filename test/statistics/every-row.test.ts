// Every function of the package that makes rows from records, on random sets of records: what a reader of the rows finds.
import { from } from 'arquero';
import test from 'ava';
import * as danfo from 'danfojs-node';
import fc from 'fast-check';
import type { ExperimentInput } from '../../src/experiment/experiment.js';
import * as figures from '../../src/figures/index.js';
import { headerOf, type RunHeader } from '../../src/records/header.js';
import type { EvaluationRecord, RunRecord, Status } from '../../src/records/record.js';
import * as statistics from '../../src/statistics/index.js';
import { summariseEvaluations } from '../../src/statistics/summary.js';
import { ourRows, publishedRows } from '../../src/studies/comparison/rows.js';
import { latencyPoints } from '../../src/studies/latency/steps.js';
import { betaPoints } from '../../src/studies/lipschitz-sweep/strength.js';
import { noiseGains, noisePoints, noiseRows } from '../../src/studies/noise-robustness/points.js';
import { ablationCells, ablationRows } from '../../src/studies/sgs-ablation/cells.js';
import { ablationContrasts } from '../../src/studies/sgs-ablation/contrasts.js';
import { ablationEffects } from '../../src/studies/sgs-ablation/effects.js';
import { deltaPoints } from '../../src/studies/sgs-ablation/strength.js';
import { marginalEffects } from '../../src/studies/sweep-analysis/marginal-effects.js';
import { heatmapCells } from '../../src/studies/sweep-analysis/settings-heatmap.js';
import { sampleEvaluation, sampleRows, sampleRun } from '../helpers/records.js';

/** A run in words: how it ended, and which of its settings are there. */
const description = fc.record({
  status: fc.constantFrom('done', 'done', 'done', 'diverged', 'interrupted', 'failed'),
  seed: fc.integer({ min: 0, max: 1 }),
  delta: fc.constantFrom(0, 1e-4),
  beta: fc.constantFrom(0, 1e-4),
  epochs: fc.integer({ min: 0, max: 3 }),
  stop: fc.boolean(),
  sparse: fc.record({
    validation: fc.boolean(),
    sgd: fc.boolean(),
    limit: fc.boolean(),
    parameter: fc.boolean(),
  }),
  results: fc.constantFrom('none', 'noise', 'confusion'),
});
type Description = typeof description extends fc.Arbitrary<infer Value> ? Value : never;

/** Runs of one sweep, or of settings of which each has its own. */
const descriptions = fc.tuple(fc.boolean(), fc.array(description, { minLength: 1, maxLength: 16 }));

const FULL = { validation: true, sgd: false, limit: true, parameter: true };

function runOf(given: Description, isSparse: boolean): RunRecord {
  const { status, seed, delta, beta, epochs, stop } = given;
  const { validation, sgd, limit, parameter } = isSparse ? given.sparse : FULL;
  const settings: ExperimentInput = {
    seed,
    epochs: 3,
    neuron: { delta, surrogate: { name: 'rectangle', ...(parameter && { parameter: 1 }) } },
    lipschitz: { beta },
    data: { name: 'cifar10', validation: validation ? 0.1 : 0, ...(limit && { trainLimit: 100 }) },
    ...(sgd && { optimizer: { kind: 'sgd' as const } }),
  };
  const rows = sampleRows(status === 'done' ? 3 : epochs, validation);
  if (status === 'diverged' && epochs > 0) Object.assign(rows.at(-1)!, { trainLoss: null, testLoss: null });
  return sampleRun({
    settings,
    status: status as Status,
    rows,
    ...(stop && { stop: { step: 2, reason: 'the loss is NaN' } }),
  });
}

const RESULTS: Record<string, Pick<EvaluationRecord, 'evaluation' | 'results'>> = {
  noise: {
    evaluation: { kind: 'noise', definition: 'gaussian-pixel-sigma-clip', levels: [0.1], seed: 1 },
    results: [{ level: 0.1, accuracy: 0.5, loss: 1.5, examples: 20 }],
  },
  confusion: { evaluation: { kind: 'confusion' }, results: [{ actual: 'cat', predicted: 'dog', count: 3 }] },
};

interface Given {
  isSparse: boolean;
  runs: RunRecord[];
  done: RunRecord[];
  evaluations: EvaluationRecord[];
}

function recordsOf([isSparse, list]: [boolean, Description[]]): Given {
  const runs = new Map<string, RunRecord>();
  const evaluations: EvaluationRecord[] = [];
  for (const each of list) {
    const run = runOf(each, isSparse);
    if (runs.has(run.id)) continue;
    runs.set(run.id, run);
    if (each.results !== 'none')
      evaluations.push({ ...sampleEvaluation(), of: run.id, ...RESULTS[each.results] });
  }
  const all = [...runs.values()];
  return { isSparse, runs: all, done: all.filter(({ outcome }) => outcome.status === 'done'), evaluations };
}

const comparison = ({ runs }: Given): statistics.Comparison =>
  statistics.compare(runs, ['neuron.delta', 'lipschitz.beta'], { others: 'columns' });
/** Rows of tables by the function that makes them. Those that are about finished runs only are given these. */
const FUNCTIONS: Record<string, (given: Given) => readonly object[]> = {
  runRows: ({ runs }) => statistics.runRows(runs),
  'runRows of headers': ({ runs }) => statistics.runRows(runs.map((run) => headerOf(run) as RunHeader)),
  epochRows: ({ runs }) => statistics.epochRows(runs),
  spikeRows: ({ runs }) => statistics.spikeRows(runs),
  resultRows: ({ evaluations }) => statistics.resultRows(evaluations),
  'exportRows as JSON': ({ runs }) =>
    JSON.parse(
      figures.exportRows(
        runs.map(({ outcome }) => outcome),
        'json',
      ) as string,
    ) as object[],
  'toTable of results': ({ evaluations }) =>
    figures.toTable(evaluations.flatMap(({ results }) => results)).objects(),
  summariseRuns: ({ runs }) => statistics.summariseRuns(runs),
  summariseEvaluations: ({ evaluations }) => summariseEvaluations(evaluations),
  'compareRuns, differences': ({ runs }) => statistics.compareRuns(runs).differences,
  'compareRuns, results': ({ runs }) => statistics.compareRuns(runs).results,
  comparisonRows: (given) => statistics.comparisonRows(comparison(given)),
  printedComparison: (given) => statistics.printedComparison(comparison(given)),
  heatmapCells: ({ runs, isSparse }) => (isSparse ? [] : heatmapCells(runs)),
  noiseRows: ({ runs, evaluations }) => noiseRows(runs, evaluations),
  noisePoints: ({ runs, evaluations }) => noisePoints(noiseRows(runs, evaluations)),
  noiseGains: ({ runs, evaluations }) => noiseGains(noiseRows(runs, evaluations)),
  ourRows: ({ runs }) => ourRows(runs, 'cifar10'),
  'publishedRows and ourRows': ({ runs }) => [...publishedRows('cifar10'), ...ourRows(runs, 'cifar10')],
  ablationRows: ({ done }) => ablationRows(ablationCells(done)),
  ablationEffects: ({ done }) => ablationEffects(ablationCells(done)),
  ablationContrasts: ({ done }) => ablationContrasts(ablationCells(done)),
  withTests: ({ done }) => statistics.withTests(ablationEffects(ablationCells(done))),
  marginalEffects: ({ done }) =>
    done.length < 2 ? [] : marginalEffects(done, { settings: ['neuron.delta'] }),
  deltaPoints: ({ done }) => deltaPoints(done),
  betaPoints: ({ done }) => betaPoints(done, []),
  latencyPoints: ({ done }) => latencyPoints(done, []),
};

const columnsOf = (rows: readonly object[]): string[] => [
  ...new Set(rows.flatMap((row) => Object.keys(row))),
];

for (const [name, rowsOf] of Object.entries(FUNCTIONS))
  test(`${name}: every row has every column, null where a record says nothing, in arquero and danfo too`, (t) => {
    let [cells, nulls] = [0, 0];
    fc.assert(
      fc.property(descriptions, (given) => {
        const rows = rowsOf(recordsOf(given)) as Record<string, unknown>[];
        const columns = columnsOf(rows);
        for (const row of rows) {
          t.deepEqual(Object.keys(row), columns);
          t.false(Object.values(row).includes(undefined));
        }
        if (rows.length === 0) return;
        const table = from([...rows]);
        t.deepEqual(table.columnNames(), columns);
        const frame = new danfo.DataFrame(rows.map((row) => withoutLists(row)));
        t.deepEqual(frame.columns, columns);
        for (const column of columns) {
          const values = (frame.column(column) as { values: unknown[] }).values;
          for (const [i, row] of rows.entries()) {
            t.is(table.get(column, i), row[column]);
            t.is(values[i], withoutLists(row)[column]);
            cells += 1;
            if (row[column] === null) nulls += 1;
          }
        }
      }),
      { numRuns: 40, seed: 17 },
    );
    t.log(`${cells} cells, ${nulls} of them null`);
    t.true(cells > 0, 'there were rows');
  });

/** Danfo takes lists in cells for rows of numbers. */
const withoutLists = (row: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(row).map(([name, value]) => [
      name,
      typeof value === 'object' && value !== null ? 'nested' : value,
    ]),
  );

test('runRows of a diverged run before a finished one: its accuracy is null, the other one its own', (t) => {
  const bad = sampleRun({
    settings: { seed: 1 },
    status: 'diverged',
    rows: [],
    stop: { step: 0, reason: 'the loss is NaN' },
  });
  const good = sampleRun();
  for (const runs of [
    [bad, good],
    [good, bad],
  ]) {
    const rows = statistics.runRows(runs);
    const expected = runs.map(({ outcome }) => outcome.testAccuracy ?? null);
    t.deepEqual(
      rows.map((row) => row['outcome.testAccuracy']),
      expected,
    );
    t.deepEqual(Array.from(from(rows).array('outcome.testAccuracy') as unknown[]), expected);
    t.deepEqual(
      (new danfo.DataFrame(rows).column('outcome.testAccuracy') as { values: unknown[] }).values,
      expected,
    );
  }
});
