// Accuracies of other methods beside ours: rows from data/paper and from records, and a figure that says which is which.
import { networkLabel } from '../compare.js';
import { axis, theme, type Figure } from '../figure.js';
import { readPaper } from '../paper.js';
import type { RunRecord } from '../record.js';
import { groupSeeds, spreadOf } from '../seeds.js';
import { points } from '../traces.js';

/** The data sets of the paper's comparison. */
export type ComparedData = 'cifar10' | 'cifar100' | 'cifar10-dvs';

/** An accuracy, published or ours. */
export interface ComparisonRow {
  method: string;
  architecture: string | null;
  /** How the weights came about: direct, hybrid, conversion, ANN; or the paper's, or ours. */
  kind: string;
  /** Time steps T; null where not seen. */
  steps: number | null;
  /** Test accuracy in %: one published number, or our mean over seeds. */
  accuracy: number;
  /** Over our seeds; null for one seed and for published numbers. */
  sd: number | null;
  /** Our seeds; null for published numbers. */
  n: number | null;
  /** Where it was read, or our setting. */
  source: string;
  note: string | null;
  /** Records behind it. */
  runs: string[];
}

/** The published accuracies on a data set, best first. */
export function publishedRows(dataset: ComparedData): ComparisonRow[] {
  const rows = readPaper('comparison').objects() as (Omit<ComparisonRow, 'sd' | 'n' | 'runs'> & {
    dataset: string;
  })[];
  return rows
    .filter((row) => row.dataset === dataset)
    .map(({ dataset: _, ...row }) => ({ ...row, sd: null, n: null, runs: [] }))
    .sort((a, b) => b.accuracy - a.accuracy);
}

/**
 * Our accuracies on a data set, one row a setting: test accuracy after the last epoch, mean over seeds.
 *
 * @param runs - finished runs; those on other data are left out
 */
export function ourRows(runs: readonly RunRecord[], dataset: ComparedData): ComparisonRow[] {
  const here = runs.filter(({ data, outcome }) => data.name === dataset && outcome.status === 'done');
  const groups = groupSeeds(here, ({ experiment, data, numerics }) => {
    const { name: _name, seed: _seed, ...settings } = experiment;
    return { settings, fingerprint: data.fingerprint, engine: numerics.engine };
  });
  return groups.map(({ key: { settings, engine }, runs: members }) => {
    const { neuron, lipschitz, epochs, steps, network } = settings;
    const { n, mean, sd } = spreadOf(members);
    const { train } = members[0].data.split;
    return {
      method: `ours: δ = ${neuron.delta}, β = ${lipschitz.beta}`,
      architecture: networkLabel(network),
      kind: network.twin === 'ann' ? 'ANN, ours' : 'ours',
      steps: network.twin === 'ann' ? null : steps,
      accuracy: mean,
      sd,
      n,
      source: `${train.toLocaleString('en-US')} training images, ${epochs} epochs, ${neuron.surrogate.name}, engine ${engine}`,
      note: 'smaller than the published settings',
      runs: members.map(({ id }) => id),
    };
  });
}

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

/** A dot for each row, best at the top. */
export function comparisonFigure(rows: readonly ComparisonRow[], dataset: ComparedData): Figure {
  const sorted = [...rows].sort((a, b) => a.accuracy - b.accuracy);
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
        customdata: here.map(({ row }) => [row.source, row.note ?? '', row.runs.join('<br>')]),
        hovertemplate:
          '<b>%{y}</b><br>%{x} %<br>%{customdata[0]}<br>%{customdata[1]}<br>%{customdata[2]}<extra></extra>',
      },
    ];
  });
  return {
    data,
    layout: theme({
      title: { text: `Test accuracy on ${TITLES[dataset]}: published and ours` },
      width: 900,
      height: AROUND + ROW * sorted.length,
      margin: { t: 96 },
      showlegend: true,
      xaxis: axis('test accuracy', '%'),
      yaxis: axis('method, architecture, time steps T', undefined, {
        categoryorder: 'array',
        categoryarray: named.map(({ name }) => name),
        tickfont: { size: 11 },
        range: [-0.7, sorted.length - 0.3],
      }),
    }),
  };
}

/** Names of the data sets for people. */
const TITLES: Readonly<Record<ComparedData, string>> = {
  cifar10: 'CIFAR-10',
  cifar100: 'CIFAR-100',
  'cifar10-dvs': 'CIFAR10-DVS',
};

/** Each row has its own place: equal names would share one. A zero-width space a row makes them differ. */
const rowName = ({ method, architecture, steps, note, kind }: ComparisonRow, place: number): string => {
  const augmented = note?.includes('augmentation') ? `, ${note}` : '';
  const T = steps === null ? (kind.startsWith('ANN') ? '' : ', T ?') : `, T = ${steps}`;
  return `${method}${architecture === null ? '' : `, ${architecture}`}${T}${augmented}${'\u200b'.repeat(place)}`;
};
