// Accuracy under noise (the paper's Fig. 7), from evaluation records: by run, over seeds, and what LR gains.
import { trainingSet } from '../../figures/training-note.js';
import { networkLabel } from '../../network/architectures.js';
import type { EvaluationRecord, RunRecord } from '../../records/record.js';
import { type Interval, mean, pairedDifference, sd } from '../../statistics/interval.js';

/** Accuracy of one run at one noise level. */
export interface NoiseRow {
  /** In a few words, as `networkLabel` has it. */
  network: string;
  definition: string;
  level: number;
  /** Weight β of the Lipschitz regularisation. */
  beta: number;
  seed: number;
  /** In %. */
  accuracy: number;
  /** Training data of the run. */
  trainedOn: string;
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
        const run = byId.get(record.of)!;
        const { experiment } = run;
        return {
          network: networkLabel(experiment.network),
          definition: String(record.evaluation.definition),
          level: Number(row.level),
          beta: experiment.lipschitz.beta,
          seed: experiment.seed,
          accuracy: 100 * Number(row.accuracy),
          trainedOn: trainingSet([run]),
          run: record.of,
          evaluation: record.id,
        };
      }),
    )
    .sort((a, b) =>
      compare(
        [a.network, a.definition, a.beta, a.level, a.seed],
        [b.network, b.definition, b.beta, b.level, b.seed],
      ),
    );
}

function compare(a: (string | number)[], b: (string | number)[]): number {
  const at = a.findIndex((value, i) => value !== b[i]);
  return at < 0 ? 0 : a[at] < b[at] ? -1 : 1;
}

/** Mean and spread over seeds at one level. */
export interface NoisePoint {
  network: string;
  definition: string;
  beta: number;
  level: number;
  n: number;
  mean: number;
  /** Null for one seed. */
  sd: number | null;
  /** Training data of the runs. */
  trainedOn: string;
  runs: string[];
}

/** Mean ± sd over seeds by network, definition, β and level. */
export function noisePoints(rows: readonly NoiseRow[]): NoisePoint[] {
  const groups = new Map<string, NoiseRow[]>();
  for (const row of rows) {
    const key = JSON.stringify([row.network, row.definition, row.beta, row.level]);
    groups.set(key, [...(groups.get(key) ?? []), row]);
  }
  return [...groups.values()].map((group) => {
    const accuracies = group.map(({ accuracy }) => accuracy);
    const [{ network, definition, beta, level }] = group;
    return {
      network,
      definition,
      beta,
      level,
      n: group.length,
      mean: mean(accuracies),
      sd: group.length > 1 ? sd(accuracies) : null,
      trainedOn: [...new Set(group.map(({ trainedOn }) => trainedOn))].join('; '),
      runs: group.map(({ run }) => run),
    };
  });
}

/** Gain of LR at one level: accuracy with β minus without, paired by seed, in points. */
export interface NoiseGain extends Interval {
  network: string;
  definition: string;
  level: number;
  beta: number;
  /** Training data of the runs. */
  trainedOn: string;
}

/** Paired gains of each positive β over β = 0, for each network. */
export function noiseGains(rows: readonly NoiseRow[]): NoiseGain[] {
  const key = ({ network, definition, level }: NoiseRow | NoisePoint, ...rest: number[]): string =>
    JSON.stringify([network, definition, level, ...rest]);
  const accuracyAt = new Map(rows.map((row) => [key(row, row.beta, row.seed), row.accuracy]));
  return noisePoints(rows)
    .filter(({ beta }) => beta > 0)
    .flatMap((point) => {
      const { network, definition, level, beta, trainedOn } = point;
      const pairs = rows
        .filter((row) => key(row, row.beta) === key(point, beta))
        .map((row) => [row.accuracy, accuracyAt.get(key(row, 0, row.seed))])
        .filter((pair): pair is [number, number] => pair[1] !== undefined);
      if (pairs.length === 0) return [];
      const difference = pairedDifference(
        pairs.map(([treated]) => treated),
        pairs.map(([, baseline]) => baseline),
      );
      return [{ network, definition, level, beta, trainedOn, ...difference }];
    });
}

/** Network and training data, in a line for a figure: `convNet × 0.5, 9,000 CIFAR-10 training images`. */
export const noiseSetting = (points: readonly Pick<NoisePoint, 'network' | 'trainedOn'>[]): string =>
  [...new Set(points.map(({ network, trainedOn }) => `${network}, ${trainedOn}`))].join('; ');
