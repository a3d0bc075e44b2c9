// The parts that the notebook `comparison` shows. Tests: test/studies/views.test.ts.
import { committedRunsRoot, runsRoot } from '../../paths.js';
import { openRuns } from '../../records/folder.js';
import type { RunRecord } from '../../records/record.js';
import type { StudyContext } from '../context.js';
import { Part } from '../part.js';
import { comparisonClaims, paperAccuracy } from './claims.js';
import { comparisonFigure } from './figure.js';
import { type ComparisonRow, ourRows, publishedRows } from './rows.js';

/** The paper's data sets. */
const DATASETS = ['cifar10', 'cifar100', 'cifar10-dvs'] as const;

const CAPTION =
  'Published numbers belong to different recipes, on the whole training set as far as is known, and are not comparable in detail; the source of each is in the table and under the pointer. †, and `checked` = no in the table: hearsay, a number that could not be read a second time in its source. Ours say how many images they saw; bars: ± one standard deviation over seeds.';

/** The parts of the study, in the order of the notebook. */
export function view(context: StudyContext) {
  const { stem, folder } = context;
  const runs = finishedRuns(context);
  const sets = DATASETS.map((dataset) => {
    const [published, ours] = [publishedRows(dataset), ourRows(runs, dataset)];
    return { dataset, published, ours, rows: [...published, ...ours] };
  });
  const [{ ours: onCifar10 }] = sets;
  const best = onCifar10.at(0); // the setting nearest to the paper's, whatever its accuracy
  return {
    /** Number of values for each data set, published and ours. */
    records: new Part(() => [
      {
        table: sets.map(({ dataset, published, ours }) => ({
          dataset,
          published: published.length,
          ours: ours.length,
          toMakeOurs: ours.length > 0 ? '' : 'npm run reproduce -- --preset desk',
        })),
      },
    ]),
    /** A figure for each data set. */
    accuracy: new Part(() =>
      sets.map(({ dataset, rows }) => ({
        figure: comparisonFigure(rows, dataset),
        rows: rows.map(({ runs: _, ...row }) => row),
        ...context.place(
          dataset,
          runs.filter(({ data }) => data.name === dataset),
        ),
        caption: CAPTION,
      })),
    ),
    /** The same as tables, with the source of each number. */
    sources: new Part(() => sets.map(({ rows }) => ({ table: rows.map(sourceRow), show: { limit: 60 } }))),
    /** The paper's claim beside ours. */
    claims: new Part(() => [{ claims: comparisonClaims(best, runs), place: { folder, stem } }]),
    /** The findings, in sentences. */
    findings: new Part(() => [
      {
        findings: [
          best
            ? `Nearest of ours to the paper's setting: ${best.architecture}, ${best.source}: ${best.accuracy.toFixed(2)} % (n = ${best.n}) where the paper has ${paperAccuracy().value} %.`
            : 'No run of ours on CIFAR-10 is there.',
          ...sets.map(
            ({ dataset, published, ours }) =>
              `${dataset}: ${published.length} published accuracies, of which ${published.filter(({ checked }) => checked === 'no').length} by hearsay, and ${ours.length} of ours.`,
          ),
        ],
      },
    ]),
  };
}

/** All finished runs in the folder of the preset, and those that come with the project, each once. */
function finishedRuns({ runs, preset }: StudyContext): RunRecord[] {
  const elsewhere = committedRunsRoot() === runsRoot({ preset }) ? [] : [openRuns(committedRunsRoot())];
  const finished = [runs, ...elsewhere]
    .flatMap((place) => place.list().records)
    .filter((record): record is RunRecord => record.kind === 'run' && record.outcome.status === 'done');
  return [...new Map(finished.map((run) => [run.id, run])).values()];
}

const sourceRow = (row: ComparisonRow): object => {
  const { method, kind, architecture, steps, accuracy, sd, n, checked, source, note } = row;
  return { method, kind, architecture, T: steps, accuracy, sd, n, checked: checked ?? '', source, note };
};
