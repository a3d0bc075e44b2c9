// Accuracy under noise (the paper's Fig. 7): rows from evaluation records, and the figure with the paper's curves.
import { axis, theme, type Figure } from '../figure.js';
import { readPaper } from '../paper.js';
import type { EvaluationRecord, RunRecord } from '../record.js';
import { mean, pairedDifference, sd, type Interval } from '../statistics.js';
import { line, points } from '../traces.js';

/** Accuracy of one run at one noise level. */
export interface NoiseRow {
  definition: string;
  level: number;
  /** Weight β of the Lipschitz regularisation. */
  beta: number;
  seed: number;
  /** In %. */
  accuracy: number;
  run: string;
  evaluation: string;
}

/** Every accuracy under noise in these records. */
export function noiseRows(runs: readonly RunRecord[], evaluations: readonly EvaluationRecord[]): NoiseRow[] {
  const byId = new Map(runs.map((run) => [run.id, run]));
  return evaluations
    .filter(({ evaluation, of }) => evaluation.kind === 'noise' && byId.has(of))
    .flatMap((record) =>
      record.results.map((row) => {
        const { experiment } = byId.get(record.of)!;
        return {
          definition: String(record.evaluation.definition),
          level: Number(row.level),
          beta: experiment.lipschitz.beta,
          seed: experiment.seed,
          accuracy: 100 * Number(row.accuracy),
          run: record.of,
          evaluation: record.id,
        };
      }),
    )
    .sort((a, b) =>
      compare([a.definition, a.beta, a.level, a.seed], [b.definition, b.beta, b.level, b.seed]),
    );
}

function compare(a: (string | number)[], b: (string | number)[]): number {
  const at = a.findIndex((value, i) => value !== b[i]);
  return at < 0 ? 0 : a[at] < b[at] ? -1 : 1;
}

/** Mean and spread over seeds at one level. */
export interface NoisePoint {
  definition: string;
  beta: number;
  level: number;
  n: number;
  mean: number;
  /** Null for one seed. */
  sd: number | null;
  runs: string[];
}

/** Mean ± sd over seeds by definition, β and level. */
export function noisePoints(rows: readonly NoiseRow[]): NoisePoint[] {
  const groups = new Map<string, NoiseRow[]>();
  for (const row of rows) {
    const key = JSON.stringify([row.definition, row.beta, row.level]);
    groups.set(key, [...(groups.get(key) ?? []), row]);
  }
  return [...groups.values()].map((group) => {
    const accuracies = group.map(({ accuracy }) => accuracy);
    const [{ definition, beta, level }] = group;
    return {
      definition,
      beta,
      level,
      n: group.length,
      mean: mean(accuracies),
      sd: group.length > 1 ? sd(accuracies) : null,
      runs: group.map(({ run }) => run),
    };
  });
}

/** Gain of LR at one level: accuracy with β minus without, paired by seed, in points. */
export interface NoiseGain extends Interval {
  definition: string;
  level: number;
  beta: number;
}

/** Paired gains of each positive β over β = 0. */
export function noiseGains(rows: readonly NoiseRow[]): NoiseGain[] {
  const accuracyAt = new Map(
    rows.map((row) => [JSON.stringify([row.definition, row.level, row.beta, row.seed]), row.accuracy]),
  );
  return noisePoints(rows)
    .filter(({ beta }) => beta > 0)
    .flatMap(({ definition, level, beta }) => {
      const pairs = rows
        .filter((row) => row.definition === definition && row.level === level && row.beta === beta)
        .map((row) => [row.accuracy, accuracyAt.get(JSON.stringify([definition, level, 0, row.seed]))])
        .filter((pair): pair is [number, number] => pair[1] !== undefined);
      if (pairs.length === 0) return [];
      const difference = pairedDifference(
        pairs.map(([treated]) => treated),
        pairs.map(([, baseline]) => baseline),
      );
      return [{ definition, level, beta, ...difference }];
    });
}

const PAPER_CURVES = {
  gaussian: { with: 'acc_w_LR_gaussian', without: 'acc_wo_LR_gaussian' },
  'salt-pepper': { with: 'acc_w_LR_salt_pepper', without: 'acc_wo_LR_salt_pepper' },
} as const;

/** Accuracy against noise level under one definition: ours with bands over seeds, the paper's points overlaid. */
export function noiseFigure(all: readonly NoisePoint[], definition: string): Figure {
  const ours = all.filter((point) => point.definition === definition);
  const betas = [...new Set(ours.map(({ beta }) => beta))];
  const curves = betas.flatMap((beta, colour) => {
    const curve = ours.filter((point) => point.beta === beta);
    const half = (point: NoisePoint): number => point.sd ?? 0;
    return line({
      name: beta === 0 ? 'ours, without LR' : `ours, LR β = ${beta}`,
      x: curve.map(({ level }) => level),
      y: curve.map((point) => point.mean),
      lower: curve.map((point) => point.mean - half(point)),
      upper: curve.map((point) => point.mean + half(point)),
      runs: curve.map(({ runs }) => runs),
      colour,
      symbol: 0,
    });
  });
  const paper = paperCurves(definition.startsWith('gaussian') ? 'gaussian' : 'salt-pepper');
  const layout = theme({
    title: { text: `Accuracy under noise: ${definition}` },
    xaxis: axis('noise level'),
    yaxis: axis('test accuracy', '%', { range: [0, 100] }),
  });
  return { data: [...curves, ...paper], layout };
}

function paperCurves(kind: keyof typeof PAPER_CURVES): Figure['data'] {
  const table = readPaper('fig7');
  const column = (name: string): number[] => Array.from(table.array(name) as ArrayLike<number>);
  return [
    { name: 'paper, without LR', column: PAPER_CURVES[kind].without, symbol: 4 },
    { name: 'paper, with LR', column: PAPER_CURVES[kind].with, symbol: 3 },
  ].map(({ name, column: values, symbol }, i) =>
    points({ name, x: column('noise_level'), y: column(values), colour: i, symbol }),
  );
}
