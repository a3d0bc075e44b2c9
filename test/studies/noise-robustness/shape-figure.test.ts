// The shapes of all definitions: a panel each, ours beside the paper's.
import test from 'ava';
import type { NoisePoint } from '../../../src/studies/noise-robustness/points.js';
import { shapeFigure } from '../../../src/studies/noise-robustness/shape-figure.js';
import { axisTitles, drawn, notes } from '../../helpers/drawn.js';
import { isAsKept } from '../../helpers/whole-figure.js';

const point = (definition: string, level: number, mean: number): NoisePoint => ({
  ...{ network: 'convNet', definition, beta: 1e-4, level, n: 1, mean, sd: null },
  ...{ trainedOn: '100 shapes10 training images', runs: [`run-${level}`] },
});

test('shapeFigure: share kept by level, ours orange, the paper with LR grey, panels in the order of the shapes', (t) => {
  const figure = shapeFigure([
    point('salt-pepper-pixels', 0, 50),
    point('salt-pepper-pixels', 0.1, 30),
    point('gaussian-pixel-sigma', 0, 50),
    point('gaussian-pixel-sigma', 0.1, 40),
  ]);
  isAsKept(t, 'noise-robustness/shapes', figure);
  const ends = (trace: ReturnType<typeof drawn>[number]) => {
    const [x, y] = [trace.x, trace.y] as [number[], number[]];
    return { ...trace, x: [x[0], x.at(-1)], y: [y[0], y.at(-1)!].map((value) => Number(value!.toFixed(2))) };
  };
  const ours = { name: 'ours, LR β = 0.0001', x: [0, 0.1], colour: 1 };
  const paper = { name: 'the paper with LR, Fig. 7', x: [0.02, 0.1], colour: 6 };
  // The paper keeps (93.32 − 10)/84 and (85.3 − 10)/84; (82.08 − 10)/84 and (77.09 − 10)/84.
  t.deepEqual(drawn(figure).map(ends), [
    { ...ours, y: [100, 75] },
    { ...paper, y: [99.19, 89.64] },
    { ...ours, y: [100, 50], plot: 2 },
    { ...paper, y: [85.81, 79.87], plot: 2 },
  ]);
  t.deepEqual(figure.data[0].customdata, ['run-0', 'run-0.1']);
  t.deepEqual(
    figure.data.map(({ showlegend }) => showlegend !== false),
    [true, true, false, false],
  );
  const [first, second, setting] = notes(figure);
  t.regex(first, /^Gaussian σ<br>on pixels: \d+\.\d$/);
  t.regex(second, /^salt and pepper<br>on whole pixels: \d+\.\d$/);
  t.is(setting, 'convNet, 100 shapes10 training images');
  t.deepEqual(axisTitles(figure), {
    xaxis: 'noise level',
    yaxis: 'kept (%)',
    xaxis2: 'noise level',
    yaxis2: ' ',
  });
});

test('shapeFigure: without LR it says so', (t) => {
  const plain = [point('gaussian-pixel-sigma', 0, 50), point('gaussian-pixel-sigma', 0.1, 40)];
  t.is(shapeFigure(plain.map((each) => ({ ...each, beta: 0 }))).data[0].name, 'ours');
});
