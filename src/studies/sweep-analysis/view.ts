// The parts that the notebook `sweep-analysis` shows. Tests: test/studies/views.test.ts.
import { originOf } from '../../figures/origin.js';
import { comparisonRows, printedComparison } from '../../statistics/print.js';
import { runRows } from '../../statistics/rows.js';
import { settingAt } from '../../statistics/settings.js';
import type { StudyContext } from '../context.js';
import { type Item, Part } from '../part.js';
import { compareAgainst } from './against.js';
import { type Choice, type Chosen, chosenRuns, type SettingValues } from './chosen.js';
import { marginalEffects } from './marginal-effects.js';
import { marginalFigure } from './marginal-figure.js';
import { parallelCoordinates } from './parallel-coordinates.js';
import { heatmapCells, settingsHeatmap } from './settings-heatmap.js';

/** Choice of runs and settings. */
export interface SweepAnalysisSettings extends Choice {
  /** The settings that others are compared with; null: the best by validation accuracy. Default no SGS and no LR. */
  baseline?: SettingValues | null;
  /** Paths of the axes of the heat map; default δ of SGS and β of LR. */
  x?: string;
  y?: string;
}

const NEITHER: SettingValues = { 'neuron.delta': 0, 'lipschitz.beta': 0 };

/** The parts of the study, in the order of the notebook. */
export function view(context: StudyContext, settings: SweepAnalysisSettings = {}) {
  const { baseline: wanted = NEITHER, x = 'neuron.delta', y = 'lipschitz.beta' } = settings;
  const { folder, stem } = context;
  const chosen = chosenRuns(context, settings);
  const { runs, swept, command } = chosen;
  const origin = originOf(runs, { command, notebook: stem });
  const place = (name: string) => ({ folder, stem: `${stem}-${name}`, origin });
  const { comparison, baseline, before, caption } = compareAgainst(runs, swept, wanted);
  return {
    /** Number of runs, and the settings that were swept. */
    records: new Part(() => [{ lines: chosen.lines }]),
    /** Settings compared: the table that a paper would print. */
    table: new Part(() => [
      { lines: before },
      {
        table: comparisonRows(comparison),
        show: { limit: 100 },
        shown: printedComparison(comparison),
        place: { ...place('table'), title: 'Settings compared', caption },
      },
      { lines: [...(caption ? [caption] : []), ...comparison.notes] },
    ]),
    /** Effect of each value, over all that the other settings were. */
    effects: new Part(() => {
      const effects = marginalEffects(runs, { reference: baseline ?? {} });
      return [
        {
          ...place('effects'),
          figure: marginalFigure(effects),
          rows: effects,
          caption:
            'Differences within each seed, so that what seeds differ by does not widen the intervals; only combinations of the other settings that are there for every value count. Each panel has its own scale, and fewer than three seeds have no interval.',
        },
      ];
    }),
    /** Two settings against each other. */
    map: new Part(() => [
      { lines: mapLines(chosen, { x, y }) },
      ...(swept.some((path) => path !== x && path !== y)
        ? []
        : [
            {
              ...place('map'),
              figure: settingsHeatmap(runs, { x, y }),
              rows: heatmapCells(runs, { x, y }),
            } satisfies Item,
          ]),
    ]),
    /** Every run as a line from its settings to its accuracy. */
    runs: new Part(() => {
      const columns = [
        ...['id', ...swept, 'seed'],
        ...['outcome.status', 'outcome.testAccuracy', 'outcome.validationAccuracy'],
      ];
      return [
        {
          ...place('runs'),
          figure: parallelCoordinates(runs),
          rows: runRows(runs).map((row) =>
            Object.fromEntries(columns.map((name) => [name, row[name] ?? null])),
          ),
        },
      ];
    }),
    /** Records, numerics and versions behind all of it. */
    provenance: new Part(() => [
      { table: origin.records.map((id) => ({ record: id })), show: { limit: 100 } },
      { lines: [`${origin.numerics.join('; ')} · ${origin.versions.join('; ')}`] },
    ]),
  };
}

/** What a map of two settings lacks: a second value of one of them, or that the runs differ in no other. */
function mapLines({ runs, swept }: Chosen, { x, y }: { x: string; y: string }): string[] {
  const single = [x, y].filter(
    (path) => new Set(runs.map((run) => JSON.stringify(settingAt(run, path)))).size < 2,
  );
  const others = swept.filter((path) => path !== x && path !== y);
  return [
    ...single.map(
      (path) =>
        `These records hold one value of ${path}: the map has a single ${path === x ? 'column' : 'row'}. A sweep over both settings fills it.`,
    ),
    ...(others.length > 0
      ? [`No map: the runs also differ in ${others.join(', ')}. Choose values of these with where.`]
      : []),
  ];
}
