// Accuracy over two settings, such as δ × β: the mean of each cell, with spread, seeds and losses under the pointer.
import { heatmap } from '../../figures/heatmap.js';
import { axis, type Figure, label, theme } from '../../figures/theme.js';
import { canonicalJson } from '../../hash.js';
import type { Json } from '../../json.js';
import type { Header, RunHeader } from '../../records/header.js';
import type { StoredRecord } from '../../records/record.js';
import { type Group, groupRuns, type GroupSettings } from '../../statistics/groups.js';
import { mean, sd } from '../../statistics/interval.js';
import { distinctValues, settingName, valueText } from './levels.js';
import { accuracyOf, MEASURE_NAMES, runsOf, type SweepMeasure } from './measure.js';

/** Data of the figure. */
export interface SettingsHeatmapSettings extends Pick<GroupSettings, 'ignore'> {
  /** Path of the setting along the x axis; default `neuron.delta`. */
  x?: string;
  /** Path of the setting along the y axis; default `lipschitz.beta`. */
  y?: string;
  /** The accuracy at the last epoch that is drawn; default `testAccuracy`. */
  measure?: SweepMeasure;
}

/** The runs of one cell, in numbers; accuracies in %. */
export interface HeatmapCell {
  x: Json;
  y: Json;
  /** Runs that are done. */
  n: number;
  mean: number | null;
  sd: number | null;
  diverged: number;
  /** Failed or interrupted. */
  unfinished: number;
}

/**
 * The cells of {@link settingsHeatmap}, row by row: what is saved beside it as a table.
 *
 * @throws SettingsError when the runs differ in any other setting
 */
export function heatmapCells(
  records: readonly (StoredRecord | Header)[],
  {
    x = 'neuron.delta',
    y = 'lipschitz.beta',
    measure = 'testAccuracy',
    ignore,
  }: SettingsHeatmapSettings = {},
): HeatmapCell[] {
  const { groups } = groupRuns(runsOf(records), [y, x], { ignore });
  return groups.map((group) => cellOf(group, x, y, measure));
}

function cellOf({ values, runs }: Group, x: string, y: string, measure: SweepMeasure): HeatmapCell {
  const count = (test: (run: RunHeader) => boolean): number => runs.filter(test).length;
  const done = runs.map((run) => accuracyOf(run, measure)).filter((accuracy) => accuracy !== null);
  const diverged = count(({ outcome }) => outcome.status === 'diverged');
  return {
    x: values[x],
    y: values[y],
    n: done.length,
    mean: done.length > 0 ? mean(done) : null,
    sd: done.length > 1 ? sd(done) : null,
    diverged,
    unfinished: count(({ outcome }) => outcome.status === 'failed' || outcome.status === 'interrupted'),
  };
}

/**
 * A heat map over two settings; the mean stands in each cell. A cell whose runs all diverged says so; one without
 * runs is empty.
 *
 * @throws SettingsError when there is no run, or the runs differ in any other setting: means would mix them
 */
export function settingsHeatmap(
  records: readonly (StoredRecord | Header)[],
  settings: SettingsHeatmapSettings = {},
): Figure {
  const { x = 'neuron.delta', y = 'lipschitz.beta', measure = 'testAccuracy' } = settings;
  const cells = heatmapCells(records, settings);
  const columns = distinctValues(cells.map((cell) => cell.x));
  const rows = distinctValues(cells.map((cell) => cell.y));
  const byPlace = new Map(cells.map((cell) => [canonicalJson([cell.x, cell.y]), cell]));
  const matrix = rows.map((row) => columns.map((column) => byPlace.get(canonicalJson([column, row]))));
  const quantity = `${MEASURE_NAMES[measure]} (%)`;
  const trace = heatmap({
    z: matrix.map((line) => line.map((cell) => cell?.mean ?? null)),
    x: columns.map((value) => valueText(value)),
    y: rows.map((value) => valueText(value)),
    quantity,
  });
  const where = `${label(settingName(x))} = %{x}<br>${label(settingName(y))} = %{y}`;
  Object.assign(trace, {
    text: matrix.map((line) => line.map((cell) => (cell ? inCell(cell) : ''))),
    texttemplate: '%{text}',
    customdata: matrix.map((line) => line.map((cell) => (cell ? cellText(cell) : ''))),
    hovertemplate: `${where}<br>${label(quantity)}: %{customdata}<extra></extra>`,
    xgap: 2,
    ygap: 2,
  });
  const layout = theme({
    title: { text: `Accuracy over ${label(settingName(x))} and ${label(settingName(y))}` },
    xaxis: axis(settingName(x), undefined, { type: 'category', showgrid: false }),
    yaxis: axis(settingName(y), undefined, { type: 'category', showgrid: false }),
    width: 760,
    height: 520,
  });
  return { data: [trace], layout };
}

/** The mean, and below it how many runs it does not hold. */
const inCell = ({ mean: centre, diverged, unfinished }: HeatmapCell): string =>
  [
    ...(centre === null ? [] : [centre.toFixed(1)]),
    ...(diverged > 0 ? [`${diverged} diverged`] : []),
    ...(unfinished > 0 ? [`${unfinished} not done`] : []),
  ].join('<br>');

/** `78.20 ± 1.10, n = 3, 1 diverged` */
function cellText({ n, mean: centre, sd: spread, diverged, unfinished }: HeatmapCell): string {
  return [
    centre === null ? 'none' : `${centre.toFixed(2)}${spread === null ? '' : ` ± ${spread.toFixed(2)} (sd)`}`,
    `n = ${n}`,
    ...(diverged > 0 ? [`${diverged} diverged`] : []),
    ...(unfinished > 0 ? [`${unfinished} not done`] : []),
  ].join(', ');
}
