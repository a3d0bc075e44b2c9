// Accuracy under noise: ours with their spread, the paper's points under their names.
import test from 'ava';
import { noiseFigure, noiseKind, paperNoise } from '../../../src/studies/noise-robustness/accuracy.js';
import type { NoisePoint } from '../../../src/studies/noise-robustness/points.js';
import { axisTitles, drawn, notes } from '../../helpers/drawn.js';
import { isAsKept } from '../../helpers/whole-figure.js';

const [WITHOUT, WITH] = [0, 1]; // colours

/** The ends of the paper's Fig. 7 as its file has them: levels 0.02 and 0.1. */
const FIG_7 = {
  gaussian: { without: [92.82, 79.97], with: [93.32, 85.3] },
  'salt-pepper': { without: [77.32, 65.94], with: [82.08, 77.09] },
};

const point = (
  beta: number,
  level: number,
  mean: number,
  sd: number | null,
  definition: string,
): NoisePoint => ({
  network: 'convNet',
  ...{ definition, beta, level, mean, sd },
  n: sd === null ? 1 : 3,
  trainedOn: '100 shapes10 training images',
  runs: [`run-${beta}-${level}`],
});

test('noiseKind: by the name of the definition', (t) => {
  t.is(noiseKind('gaussian-normalised-variance'), 'gaussian');
  t.is(noiseKind('salt-pepper-share'), 'salt-pepper');
});

for (const kind of ['gaussian', 'salt-pepper'] as const)
  test(`paperNoise: ten levels of ${kind} noise, the accuracies with LR above those without`, (t) => {
    const rows = paperNoise(kind);
    t.is(rows.length, 10);
    t.deepEqual(
      [rows[0], rows[9]],
      [
        { level: 0.02, with: FIG_7[kind].with[0], without: FIG_7[kind].without[0] },
        { level: 0.1, with: FIG_7[kind].with[1], without: FIG_7[kind].without[1] },
      ],
    );
    t.true(rows.every((row) => row.with > row.without));
  });

for (const [kind, definition] of [
  ['gaussian', 'gaussian-pixel-sigma'],
  ['salt-pepper', 'salt-pepper-pixels'],
] as const)
  test(`noiseFigure, ${definition}: mean ± one sd by level, without LR blue, with LR orange, the paper's in the same colours`, (t) => {
    const figure = noiseFigure(
      [
        point(1e-4, 0, 70, 2, definition),
        point(1e-4, 0.1, 50, 4, definition),
        point(0, 0, 60, 1, definition),
        point(0, 0.1, 30, null, definition),
        point(0, 0.1, 99, 1, `${definition}-2`), // another definition
      ],
      definition,
    );
    isAsKept(t, `noise-robustness/${definition}`, figure);
    const [bandWithout, without, bandWith, withLr, paperWithout, paperWith] = drawn(figure);
    t.deepEqual(bandWithout, { band: true, x: [0, 0.1, 0.1, 0], y: [61, 30, 30, 59], colour: WITHOUT });
    t.deepEqual(without, { name: 'ours, without LR', x: [0, 0.1], y: [60, 30], colour: WITHOUT });
    t.deepEqual(bandWith, { band: true, x: [0, 0.1, 0.1, 0], y: [72, 54, 46, 68], colour: WITH });
    t.deepEqual(withLr, { name: 'ours, LR β = 0.0001', x: [0, 0.1], y: [70, 50], colour: WITH });
    t.is(figure.data.length, 6);
    const ends = (trace: typeof paperWith) => {
      const [levels, values] = [trace.x, trace.y] as [number[], number[]];
      return { ...trace, x: [levels[0], levels[9]], y: [values[0], values[9]] };
    };
    const x = [0.02, 0.1];
    const published = FIG_7[kind];
    t.deepEqual(ends(paperWithout), { name: 'paper, without LR', x, y: published.without, colour: WITHOUT });
    t.deepEqual(ends(paperWith), { name: 'paper, with LR', x, y: published.with, colour: WITH });
    t.deepEqual(axisTitles(figure), { xaxis: 'noise level', yaxis: 'test accuracy (%)' });
    t.deepEqual(notes(figure), ['convNet, 100 shapes10 training images']);
    t.deepEqual(figure.data[3].customdata, ['run-0.0001-0', 'run-0.0001-0.1']);
  });

test('noiseFigure: with LR alone it is orange, a second β has a third colour', (t) => {
  const names = (...betas: number[]): unknown[] =>
    noiseFigure(
      betas.map((beta) => point(beta, 0, 50, null, 'gaussian-pixel-sigma')),
      'gaussian-pixel-sigma',
    )
      .data.slice(0, -2)
      .filter(({ fill }) => !fill)
      .map(({ line }) => (line as { color: string }).color);
  t.deepEqual(names(1e-4), ['#D55E00']);
  t.deepEqual(names(1e-3, 0, 1e-4), ['#0072B2', '#D55E00', '#009E73']);
});
