// Records of trainings in a cell: one as its results and settings, several by the settings in which they differ. Tests:
// test/display/show.test.ts.
import { experiment } from '../experiment/experiment.js';
import { canonicalJson } from '../hash.js';
import { networkLabel } from '../network/architectures.js';
import type { RunRecord } from '../records/record.js';
import { type Cell, flatten } from '../statistics/summary.js';
import { durationText } from './progress/meter.js';

/** Whether something is a record of a training. */
export const isRun = (value: unknown): value is RunRecord =>
  typeof value === 'object' &&
  value !== null &&
  'kind' in value &&
  value.kind === 'run' &&
  'outcome' in value;

const percent = (share?: number): string | null =>
  share === undefined ? null : `${(100 * share).toFixed(2)} %`;

/** Of one run: what it gave, then each setting that is not as by default. */
export function runRowsOf({
  id,
  experiment: given,
  outcome,
  data,
  seconds,
  parameters,
}: RunRecord): object[] {
  const { status, epoch, testAccuracy, validationAccuracy, reason } = outcome;
  const { train, test } = data.split;
  const usual = flatten(experiment());
  const changed = [...flatten(given)].filter(([path, value]) => path !== 'name' && usual.get(path) !== value);
  const rows: [string, Cell][] = [
    ['run', `${id} ${given.name}`],
    [
      'state',
      `${status} after ${epoch} of ${given.epochs} epochs, ${durationText(seconds)}${reason ? `: ${reason}` : ''}`,
    ],
    ['test accuracy', percent(testAccuracy)],
    ['validation accuracy', percent(validationAccuracy)],
    [
      'data',
      `${data.name}, ${train.toLocaleString('en')} training and ${test.toLocaleString('en')} test examples`,
    ],
    ['network', `${networkLabel(given.network)}, ${parameters.toLocaleString('en')} parameters`],
    ...changed.filter(([path]) => !/^(network|data)\.(architecture|name)$/.test(path)),
  ];
  return rows.filter(([, value]) => value !== null).map(([what, value]) => ({ what, value }));
}

/** Of several runs a row each: the settings in which they differ, then what they gave. Columns without any value are left out. */
export function differingRows(runs: readonly RunRecord[]): object[] {
  const settings = runs.map(({ experiment: given, data }) =>
    flatten({ ...given, fingerprint: data.fingerprint.slice(0, 8) }),
  );
  const paths = [...new Set(settings.flatMap((each) => [...each.keys()]))].filter(
    (path) => new Set(settings.map((each) => canonicalJson(each.get(path) ?? null))).size > 1,
  );
  const rows = runs.map(({ id, outcome }, i) => ({
    ...Object.fromEntries(paths.map((path) => [path, settings[i].get(path) ?? null])),
    state: outcome.status,
    'test accuracy': percent(outcome.testAccuracy),
    'validation accuracy': percent(outcome.validationAccuracy),
    run: id,
  }));
  const filled = Object.keys(rows[0] ?? {}).filter((name) =>
    rows.some((row) => (row as Record<string, Cell>)[name] !== null),
  );
  return rows.map((row) =>
    Object.fromEntries(filled.map((name) => [name, (row as Record<string, Cell>)[name]])),
  );
}
