// Findings about each β against none, in sentences. Tests: test/studies/views.test.ts.
import type { EvaluationRecord, RunRecord } from '../../records/record.js';
import type { Interval } from '../../statistics/interval.js';
import { gapOf, type Measure, pairedBySeed } from '../../statistics/seeds.js';
import { effectSentence } from '../../statistics/wording.js';
import { sensitivityAt, type SensitivityPoint } from './input-sensitivity.js';
import type { BetaPoint } from './strength.js';

/** Numbers of the sentences. */
interface Measured {
  trained: readonly RunRecord[];
  points: readonly BetaPoint[];
  sensitivities: readonly SensitivityPoint[];
  /** Evaluations of kind `sensitivity`. */
  moved: readonly EvaluationRecord[];
}

/** Sentences of each β above 0: accuracy, gap, orthogonality, and what logits and spikes do when the input moves. */
export function lipschitzFindings({ trained, points, sensitivities, moved }: Measured): string[] {
  const base = points.find(({ beta }) => beta === 0);
  if (base === undefined) return [];
  const smallest = Math.min(...sensitivities.map(({ rms }) => rms));
  const movementOf = ({ id }: RunRecord): EvaluationRecord | undefined => moved.find(({ of }) => of === id);
  const against0 = (beta: number, measure?: Measure, runs = trained): Interval | undefined => {
    const at = (strength: number): RunRecord[] =>
      runs.filter(({ experiment }) => experiment.lipschitz.beta === strength);
    return pairedBySeed(at(beta), at(0), measure);
  };
  const measured = trained.filter((run) => movementOf(run) !== undefined);
  const movedBy = (beta: number, what: 'gain' | 'flips'): Interval | undefined =>
    against0(beta, (run) => sensitivityAt(movementOf(run)!, smallest)[what], measured);
  const sentence = (what: string, effect: Interval | undefined, unit?: string): string[] =>
    effect ? [effectSentence(what, effect, unit)] : [];
  return points
    .filter(({ beta }) => beta > 0)
    .flatMap((point) => {
      const name = `β = ${point.beta}`;
      return [
        ...sentence(`${name}: test accuracy against β = 0`, against0(point.beta)),
        ...sentence(`${name}: training minus test accuracy against β = 0`, against0(point.beta, gapOf)),
        ...weightsSentence(name, point, base),
        ...sentence(
          `${name}: change of the logits when the input changes by rms ${smallest}, against β = 0`,
          movedBy(point.beta, 'gain'),
          'per unit of the change',
        ),
        ...sentence(
          `${name}: spikes that flip then, against β = 0`,
          movedBy(point.beta, 'flips'),
          '% of all per unit of the change',
        ),
      ];
    });
}

/** Change of the weights, where both were measured. */
const weightsSentence = (name: string, point: BetaPoint, base: BetaPoint): string[] =>
  point.orthogonality && base.orthogonality
    ? [
        `${name}: distance from orthogonality ${base.orthogonality.mean.toFixed(2)} → ${point.orthogonality.mean.toFixed(2)}, product of operator norms ${base.index?.toPrecision(3)} → ${point.index?.toPrecision(3)}.`,
      ]
    : [];
