// Accuracy against noise level (the paper's Fig. 7), ours beside the paper's.
import { noiseTitle } from '../../data/images/noise-definitions.js';
import { axis, theme, type Figure } from '../../figures/theme.js';
import { readPaper } from '../../figures/paper.js';
import { line, points } from '../../figures/traces.js';
import { noiseSetting, type NoisePoint } from './points.js';
import { trainingNote } from '../../figures/training-note.js';

/** Kinds of noise in the paper's Fig. 7. */
export type NoiseKind = 'gaussian' | 'salt-pepper';

/** The kinds in words. */
export const KIND_TITLES: Readonly<Record<NoiseKind, string>> = {
  gaussian: 'Gaussian noise',
  'salt-pepper': 'salt and pepper',
};

/** The kind that a definition belongs to. */
export const noiseKind = (definition: string): NoiseKind =>
  definition.startsWith('gaussian') ? 'gaussian' : 'salt-pepper';

const COLUMNS = {
  gaussian: { with: 'acc_w_LR_gaussian', without: 'acc_wo_LR_gaussian' },
  'salt-pepper': { with: 'acc_w_LR_salt_pepper', without: 'acc_wo_LR_salt_pepper' },
} as const;

/** The paper's points of one kind of noise: level, accuracy with and without LR in %. */
export function paperNoise(kind: NoiseKind): { level: number; with: number; without: number }[] {
  const { with: treated, without } = COLUMNS[kind];
  return (readPaper('fig7').objects() as Record<string, number>[]).map((row) => ({
    level: row.noise_level,
    with: row[treated],
    without: row[without],
  }));
}

/**
 * Accuracy against noise level under one definition: ours with bands over seeds, the paper's points overlaid.
 *
 * @param all - points of one network
 */
export function noiseFigure(all: readonly NoisePoint[], definition: string): Figure {
  const ours = all.filter((point) => point.definition === definition);
  const betas = [...new Set(ours.map(({ beta }) => beta))].sort((a, b) => a - b);
  const curves = betas.flatMap((beta) => {
    // Without LR blue and solid, with LR orange and dashed, also where there is only one of them.
    const style = beta === 0 ? 0 : Math.max(1, betas.indexOf(beta));
    const curve = ours.filter((point) => point.beta === beta);
    const half = (point: NoisePoint): number => point.sd ?? 0;
    return line({
      name: beta === 0 ? 'ours, without LR' : `ours, LR β = ${beta}`,
      x: curve.map(({ level }) => level),
      y: curve.map((point) => point.mean),
      lower: curve.map((point) => point.mean - half(point)),
      upper: curve.map((point) => point.mean + half(point)),
      runs: curve.map(({ runs }) => runs),
      colour: style,
      dash: style,
      symbol: style,
    });
  });
  const paper = paperNoise(noiseKind(definition));
  const x = paper.map(({ level }) => level);
  const published = [
    points({ name: 'paper, without LR', x, y: paper.map(({ without }) => without), colour: 0, symbol: 4 }),
    points({ name: 'paper, with LR', x, y: paper.map((row) => row.with), colour: 1, symbol: 3 }),
  ];
  return {
    data: [...curves, ...published],
    layout: theme({
      title: { text: `Accuracy under noise: ${noiseTitle(definition)}` },
      margin: { t: 84 },
      xaxis: axis('noise level', undefined, { dtick: 0.02 }),
      yaxis: axis('test accuracy', '%', { range: [0, 100] }),
      annotations: [trainingNote(noiseSetting(ours))],
    }),
  };
}
