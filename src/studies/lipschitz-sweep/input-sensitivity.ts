// Measured movement of logits and spikes when the input moves.
import { axis, theme, type Figure } from '../../figures/theme.js';
import type { EvaluationRecord, RunRecord } from '../../records/record.js';
import { mean, sd } from '../../statistics/interval.js';
import { line } from '../../figures/traces.js';
import { panels } from '../../figures/panels.js';

/** Measured sensitivity at one size of the perturbation and one β. */
export interface SensitivityPoint {
  beta: number;
  rms: number;
  n: number;
  /** `‖Δ logits‖ / ‖Δx‖`, mean over seeds, and its sd. */
  gain: number;
  gainSd: number | null;
  /** Share of all spikes that flip, in %, per unit of `‖Δx‖`; mean over layers and seeds, and its sd over seeds. */
  flips: number;
  flipsSd: number | null;
  runs: string[];
}

/** What one network did at one size of the perturbation: as `gain` and `flips` of {@link SensitivityPoint}. */
export function sensitivityAt(record: EvaluationRecord, rms: number): { gain: number; flips: number } {
  const rows = record.results.filter((result) => Number(result.rms) === rms);
  const logits = rows.find(({ row }) => row === 'logits')!;
  const rates = rows.filter(({ row }) => row === 'flips').map(({ rate }) => Number(rate));
  return {
    gain: Number(logits.logitChange) / Number(logits.inputChange),
    flips: (100 * mean(rates)) / Number(logits.inputChange),
  };
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
      const { gain, flips } = sensitivityAt(record, rms);
      group.gains.push(gain);
      group.flips.push(flips);
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
      flipsSd: flips.length > 1 ? sd(flips) : null,
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
        lower: here.map(({ gain, gainSd }) => lowerEdge(gain, gainSd)),
        upper: here.map(({ gain, gainSd }) => gain + (gainSd ?? 0)),
      }),
      ...line({
        ...shared,
        y: here.map(({ flips }) => flips),
        lower: here.map(({ flips, flipsSd }) => lowerEdge(flips, flipsSd)),
        upper: here.map(({ flips, flipsSd }) => flips + (flipsSd ?? 0)),
        plot: 2,
        inLegend: false,
      }),
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
        yaxis: axis('‖Δ logits‖ / ‖Δx‖', undefined, LOGARITHMIC),
      },
      { title: 'spikes that flip', xaxis: x, yaxis: axis('flips per ‖Δx‖', '%', LOGARITHMIC) },
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

/** Both measures fall by more than a decade over the sizes; on a linear axis all networks would be one line. */
const LOGARITHMIC = {
  type: 'log',
  dtick: null,
  tickfont: { size: 12 },
  tickvals: ['e-4', 'e-3', 'e-2', 'e-1', 'e0', 'e1', 'e2'].flatMap((decade) =>
    [1, 2, 5].map((digit) => Number(`${digit}${decade}`)),
  ),
};

/** Mean minus sd, where a logarithmic axis can show it. */
const lowerEdge = (value: number, half: number | null): number => Math.max(value - (half ?? 0), value / 10);
