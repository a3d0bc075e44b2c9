// Accuracies of other methods beside ours in one figure that says which is which.
import { axis, label, theme, type Figure } from '../../figures/theme.js';
import { points } from '../../figures/traces.js';
import type { ComparisonRow } from './rows.js';
import { type DatasetName, dataTitle } from '../../data/sets/index.js';

/** Colour and symbol by kind. */
const KINDS: Readonly<Record<string, { name: string; colour: number; symbol: number }>> = {
  paper: { name: 'the paper', colour: 3, symbol: 3 },
  direct: { name: 'trained directly', colour: 0, symbol: 0 },
  hybrid: { name: 'converted, then trained', colour: 2, symbol: 2 },
  conversion: { name: 'converted from an ANN', colour: 4, symbol: 1 },
  ANN: { name: 'ANN', colour: 6, symbol: 4 },
  ours: { name: 'ours, in our smaller setting', colour: 1, symbol: 5 },
  'ANN, ours': { name: 'ANN, ours', colour: 5, symbol: 4 },
};

/** Pixels of a row, and of everything around the rows. */
const ROW = 19;
const AROUND = 170;

/** A dot for each row, best at the top; † after the name of a number that was not read a second time in its source. */
export function comparisonFigure(rows: readonly ComparisonRow[], dataset: DatasetName): Figure {
  const sorted = [...rows].sort((a, b) => a.accuracy - b.accuracy);
  const byHearsay = rows.some(({ checked }) => checked === 'no');
  const named = sorted.map((row, i) => ({ row, name: rowName(row, i) }));
  const data = Object.entries(KINDS).flatMap(([kind, { name, colour, symbol }]) => {
    const here = named.filter(({ row }) => row.kind === kind);
    if (here.length === 0) return [];
    const trace = points({
      name,
      x: here.map(({ row }) => row.accuracy),
      y: here.map(() => null), // names, set below
      colour,
      symbol,
      runs: here.map(({ row }) => row.runs),
    });
    return [
      {
        ...trace,
        y: here.map(({ name: place }) => place),
        error_x: { type: 'data', array: here.map(({ row }) => row.sd ?? 0), visible: kind === 'ours' },
        customdata: here.map(({ row }) => [
          label(row.checked === 'no' ? `${row.source} (not read a second time)` : row.source),
          label(row.note ?? ''),
          row.runs.map(label).join('<br>'),
        ]),
        hovertemplate:
          '<b>%{y}</b><br>%{x:.2f} %<br>%{customdata[0]}<br>%{customdata[1]}<br>%{customdata[2]}<extra></extra>',
      },
    ];
  });
  return {
    data,
    layout: theme({
      title: { text: `Test accuracy on ${dataTitle(dataset)}: published and ours` },
      width: 900,
      height: AROUND + ROW * sorted.length,
      margin: { t: 96 },
      showlegend: true,
      xaxis: axis('test accuracy', '%'),
      yaxis: axis(`method, architecture, time steps T${byHearsay ? ' (†: by hearsay)' : ''}`, undefined, {
        categoryorder: 'array',
        categoryarray: named.map(({ name }) => name),
        tickfont: { size: 11 },
        range: [-0.7, sorted.length - 0.3],
      }),
    }),
  };
}

/** Each row has its own place: equal names would share one. A zero-width space a row makes them differ. */
const rowName = (
  { method, architecture, steps, note, kind, checked }: ComparisonRow,
  place: number,
): string => {
  const augmented = note?.includes('augmentation') ? `, ${note}` : '';
  const T = steps === null ? (kind.startsWith('ANN') ? '' : ', T ?') : `, T = ${steps}`;
  return `${method}${architecture === null ? '' : `, ${architecture}`}${T}${augmented}${checked === 'no' ? ' †' : ''}${'\u200b'.repeat(place)}`;
};
