// The sweep over β: accuracy, generalisation and orthogonality; norms of the linear parts; measured sensitivity.
import { axis, theme, type Figure, type Layout, type Trace } from '../figure.js';
import type { EvaluationRecord, RunRecord } from '../record.js';
import { gapOf, groupSeeds, spreadOf, type Spread } from '../seeds.js';
import { mean, sd } from '../statistics.js';
import { bars, line } from '../traces.js';
import { panels } from './panels.js';

/** Runs of one β over seeds, with what their weights look like. */
export interface BetaPoint {
  beta: number;
  /** Test accuracy in %, and training minus test accuracy in points. */
  accuracy: Spread;
  gap: Spread;
  /** Mean over layers of `‖W Wᵀ − I‖_F / √m`; null without spectra. */
  orthogonality: Spread | null;
  /** Product of operator norms along the network (an index, not a bound), geometric mean over seeds. */
  index: number | null;
  runs: string[];
}

const spread = (values: readonly number[]): Spread | null =>
  values.length === 0
    ? null
    : { n: values.length, mean: mean(values), sd: values.length > 1 ? sd(values) : null };

/**
 * A point for each β among runs that differ in β and seed only.
 *
 * @param spectra - evaluations of kind `spectra` of some of the runs
 */
export function betaPoints(runs: readonly RunRecord[], spectra: readonly EvaluationRecord[]): BetaPoint[] {
  const byRun = new Map(spectra.map((record) => [record.of, record]));
  return groupSeeds(runs, ({ experiment }) => experiment.lipschitz.beta)
    .sort((a, b) => a.key - b.key)
    .map(({ key: beta, runs: members }) => {
      const records = members.flatMap(({ id }) => byRun.get(id) ?? []);
      const layersOf = ({ results }: EvaluationRecord) => results.filter(({ row }) => row === 'layer');
      const indices = records.flatMap(({ results }) =>
        results
          .filter(({ row }) => row === 'index')
          .map(({ operatorNorm }) => Math.log(Number(operatorNorm))),
      );
      return {
        beta,
        accuracy: spreadOf(members),
        gap: spreadOf(members, gapOf),
        orthogonality: spread(
          records.map((record) => mean(layersOf(record).map(({ orthogonality }) => Number(orthogonality)))),
        ),
        index: indices.length === 0 ? null : Math.exp(mean(indices)),
        runs: [...members.map(({ id }) => id), ...records.map(({ id }) => id)],
      };
    });
}

/** β along a logarithmic axis, 0 a decade below the smallest that was tried. */
function betaAxis(list: readonly BetaPoint[]): { place(beta: number): number; layout: Layout } {
  const decades = list.map(({ beta }) => beta).filter((beta) => beta > 0);
  const zero = Math.min(...decades) / 10;
  return {
    place: (beta) => (beta === 0 ? zero : beta),
    layout: {
      type: 'log',
      range: [Math.log10(zero) - 0.2, Math.log10(Math.max(...decades)) + 0.2],
      tickvals: [zero, ...decades],
      ticktext: ['0', ...decades.map(String)],
      tickfont: { size: 12 },
    },
  };
}

/** Accuracy, generalisation gap and distance from orthogonality against β. */
export function betaFigure(list: readonly BetaPoint[]): Figure {
  const { place, layout } = betaAxis(list);
  const kinds: [string, string, string | undefined, (point: BetaPoint) => Spread | null][] = [
    ['test accuracy', 'test accuracy', '%', ({ accuracy }) => accuracy],
    ['generalisation gap: training − test', 'gap', 'points', ({ gap }) => gap],
    [
      'distance from orthogonality ‖WWᵀ − I‖ / √m, mean over layers',
      'distance',
      undefined,
      ({ orthogonality }) => orthogonality,
    ],
  ];
  const data = kinds.flatMap(([name, , , value], i): Trace[] => {
    const known = list.filter((point) => value(point) !== null);
    const at = known.map((point) => value(point)!);
    const [trace] = line({
      name,
      x: known.map(({ beta }) => place(beta)),
      y: at.map((point) => point.mean),
      colour: i,
      symbol: i,
      runs: known.map(({ runs }) => runs),
      plot: i + 1,
    });
    return [
      { ...trace, error_y: { type: 'data', array: at.map(({ sd: half }) => half ?? 0), thickness: 1.5 } },
    ];
  });
  const axes = panels(
    kinds.map(([title, quantity, unit], i) => ({
      title,
      xaxis: axis('LR weight β', undefined, i === kinds.length - 1 ? layout : { ...layout, visible: false }),
      yaxis: axis(quantity, unit),
    })),
    { columns: 1, gapY: 0.09 },
  );
  return {
    data,
    layout: theme({
      title: { text: 'Lipschitz regularisation: accuracy, generalisation, orthogonality' },
      height: 720,
      margin: { t: 84 },
      showlegend: false,
      ...axes,
    }),
  };
}

/** Norms of each layer of one network: as an operator with and without batch norm, and as a matrix. */
export function normFigure(record: EvaluationRecord, title: string): Figure {
  const layers = record.results.filter(({ row }) => row === 'layer');
  const names = layers.map(({ layer }) => String(layer));
  const kinds = [
    ['operator, batch norm folded in', 'operatorNorm'],
    ['operator alone', 'plainNorm'],
    ['reshaped kernel (what LR acts on)', 'matrixNorm'],
  ] as const;
  return {
    data: kinds.map(([name, key], i) =>
      bars({
        name,
        x: names,
        y: layers.map((layer) => Number(layer[key])),
        colour: i,
        runs: [record.of, record.id],
      }),
    ),
    layout: theme({
      title: { text: title },
      xaxis: axis('layer', undefined, { tickangle: names.length > 8 ? -60 : 0 }),
      yaxis: axis('largest singular value', undefined, { rangemode: 'tozero' }),
      barmode: 'group',
    }),
  };
}

/** Measured sensitivity at one size of the perturbation and one β. */
export interface SensitivityPoint {
  beta: number;
  rms: number;
  n: number;
  /** `‖Δ logits‖ / ‖Δx‖`, mean over seeds, and its sd. */
  gain: number;
  gainSd: number | null;
  /** Share of all spikes that flip, in %, per unit of `‖Δx‖`; mean over layers and seeds. */
  flips: number;
  runs: string[];
}

/** Sensitivities by β and size, mean over seeds. */
export function sensitivityPoints(
  runs: readonly RunRecord[],
  records: readonly EvaluationRecord[],
): SensitivityPoint[] {
  const byId = new Map(runs.map((run) => [run.id, run]));
  const groups = new Map<
    string,
    { beta: number; rms: number; gains: number[]; flips: number[]; runs: string[] }
  >();
  for (const record of records) {
    const run = byId.get(record.of);
    if (!run) continue;
    const { beta } = run.experiment.lipschitz;
    for (const row of record.results.filter((result) => result.row === 'logits')) {
      const rms = Number(row.rms);
      const key = `${beta} ${rms}`;
      const group = groups.get(key) ?? { beta, rms, gains: [], flips: [], runs: [] };
      groups.set(key, group);
      const layers = record.results.filter((result) => result.row === 'flips' && result.rms === rms);
      group.gains.push(Number(row.logitChange) / Number(row.inputChange));
      group.flips.push((100 * mean(layers.map(({ rate }) => Number(rate)))) / Number(row.inputChange));
      group.runs.push(run.id, record.id);
    }
  }
  return [...groups.values()]
    .sort((a, b) => a.beta - b.beta || a.rms - b.rms)
    .map(({ beta, rms, gains, flips, runs: ids }) => ({
      beta,
      rms,
      n: gains.length,
      gain: mean(gains),
      gainSd: gains.length > 1 ? sd(gains) : null,
      flips: mean(flips),
      runs: ids,
    }));
}

/** Logit change and spike flips per unit of input perturbation, against its size, by β. */
export function sensitivityFigure(list: readonly SensitivityPoint[]): Figure {
  const betas = [...new Set(list.map(({ beta }) => beta))];
  const data = betas.flatMap((beta, colour) => {
    const here = list.filter((point) => point.beta === beta);
    const shared = {
      name: beta === 0 ? 'without LR' : `LR β = ${beta}`,
      x: here.map(({ rms }) => rms),
      colour,
      dash: colour,
      symbol: colour,
      runs: here.map(({ runs }) => runs),
    };
    return [
      ...line({
        ...shared,
        y: here.map(({ gain }) => gain),
        lower: here.map(({ gain, gainSd }) => gain - (gainSd ?? 0)),
        upper: here.map(({ gain, gainSd }) => gain + (gainSd ?? 0)),
      }),
      ...line({ ...shared, y: here.map(({ flips }) => flips), plot: 2, inLegend: false }),
    ];
  });
  const x = axis('perturbation, root mean square', undefined, {
    type: 'log',
    tickfont: { size: 12 },
    tickvals: [...new Set(list.map(({ rms }) => rms))],
  });
  const axes = panels(
    [
      {
        title: 'logit change',
        xaxis: x,
        yaxis: axis('‖Δ logits‖ / ‖Δx‖', undefined, { rangemode: 'tozero' }),
      },
      { title: 'spikes that flip', xaxis: x, yaxis: axis('flips per ‖Δx‖', '%', { rangemode: 'tozero' }) },
    ],
    { columns: 2, gapX: 0.14 },
  );
  return {
    data,
    layout: theme({
      title: { text: 'Measured sensitivity to the input' },
      width: 920,
      height: 440,
      margin: { t: 108 },
      ...axes,
    }),
  };
}
