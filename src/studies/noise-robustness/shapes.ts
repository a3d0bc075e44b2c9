// Shapes of the curves under each meaning of "noise level", whatever their height, beside the paper's Fig. 7.
import { readPaper } from '../../figures/paper.js';
import { noiseKind, paperNoise, type NoiseKind } from './accuracy.js';
import type { NoisePoint } from './points.js';

/** The shape of one definition's curve beside the paper's, both with LR. */
export interface NoiseShape {
  definition: string;
  kind: NoiseKind;
  beta: number;
  n: number;
  /** Share of the accuracy above chance that is left at the paper's smallest and largest level, in %. */
  keptAtSmallest: number;
  keptAtLargest: number;
  paperAtSmallest: number;
  paperAtLargest: number;
  /** Root mean square difference of these shares over the paper's levels, in points: 0 is the same shape. */
  distance: number;
  /** The largest of these differences, in points. */
  largest: number;
}

/** Clean accuracy of the paper's network in %: its README, rounded to whole per cent. Fig. 7 has no level 0. */
function paperClean(): number {
  const claims = readPaper('sgs-claims').objects() as { claim: string; dataset: string; value: number }[];
  return claims.find(({ claim }) => claim === 'accuracy in the ablation setting')!.value;
}

/** Share of the accuracy above chance that is left, in %. */
const kept = (accuracy: number, clean: number, chance: number): number =>
  (100 * (accuracy - chance)) / (clean - chance);

/** The value of a curve at x, between its points; undefined outside of them. */
function at(curve: readonly [x: number, y: number][], x: number): number | undefined {
  const i = curve.findIndex(([right]) => right >= x - 1e-6);
  if (i < 0) return undefined;
  const [x1, y1] = curve[i];
  if (Math.abs(x1 - x) < 1e-6) return y1;
  if (i === 0) return undefined;
  const [x0, y0] = curve[i - 1];
  return y0 + ((y1 - y0) * (x - x0)) / (x1 - x0);
}

/** The curves behind a {@link NoiseShape}: level and share kept in %, ours at our levels and the paper's at its. */
export interface KeptCurves {
  own: NoisePoint[];
  ours: [level: number, kept: number][];
  paper: [level: number, kept: number][];
}

/** Curves of one definition and β as shares of the accuracy above chance that are left; ours is empty without level 0. */
export function keptCurves(
  points: readonly NoisePoint[],
  { definition, beta }: Pick<NoiseShape, 'definition' | 'beta'>,
  chance = 10,
): KeptCurves {
  const own = points
    .filter((point) => point.definition === definition && point.beta === beta)
    .sort((a, b) => a.level - b.level);
  const clean = own.find(({ level }) => level === 0);
  const ours =
    clean === undefined
      ? []
      : own.map(({ level, mean }): [number, number] => [level, kept(mean, clean.mean, chance)]);
  const paper = paperNoise(noiseKind(definition)).map((row): [number, number] => [
    row.level,
    kept(row.with, paperClean(), chance),
  ]);
  return { own, ours, paper };
}

/** The largest β: the paper's curve with LR is compared with ours with LR. */
const largestBeta = (points: readonly NoisePoint[], definition: string): number =>
  Math.max(...points.filter((point) => point.definition === definition).map(({ beta }) => beta));

/**
 * Nearness of each definition to the shape of the paper's curve with LR, Gaussian before salt-and-pepper, nearest first.
 * Definitions without a clean accuracy (level 0) are left out.
 *
 * @param points - of one network
 * @param chance - accuracy of guessing in %, default 10
 */
export function noiseShapes(points: readonly NoisePoint[], chance = 10): NoiseShape[] {
  const definitions = [...new Set(points.map(({ definition }) => definition))];
  const shapes = definitions.flatMap((definition): NoiseShape[] => {
    const beta = largestBeta(points, definition);
    const { own, ours, paper } = keptCurves(points, { definition, beta }, chance);
    const pairs = paper.flatMap(([level, value]) => {
      const our = at(ours, level);
      return our === undefined ? [] : [[our, value]];
    });
    if (pairs.length === 0) return [];
    const [first, last] = [pairs[0], pairs[pairs.length - 1]];
    return [
      {
        definition,
        kind: noiseKind(definition),
        beta,
        n: own[0].n,
        keptAtSmallest: first[0],
        keptAtLargest: last[0],
        paperAtSmallest: first[1],
        paperAtLargest: last[1],
        largest: Math.max(...pairs.map(([a, b]) => Math.abs(a - b))),
        distance: Math.sqrt(pairs.reduce((sum, [a, b]) => sum + (a - b) ** 2, 0) / pairs.length),
      },
    ];
  });
  return shapes.sort((a, b) => (a.kind < b.kind ? -1 : a.kind > b.kind ? 1 : a.distance - b.distance));
}
