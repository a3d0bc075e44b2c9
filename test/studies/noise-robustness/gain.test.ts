// What LR gains under noise: a line with its interval for each definition, the paper's gain beside it.
import test from 'ava';
import { gainFigure } from '../../../src/studies/noise-robustness/gain.js';
import type { NoiseGain } from '../../../src/studies/noise-robustness/points.js';
import { axisTitles, drawn, notes } from '../../helpers/drawn.js';
import { isAsKept } from '../../helpers/whole-figure.js';

const gain = (definition: string, level: number, mean: number, more: Partial<NoiseGain> = {}): NoiseGain => ({
  ...{
    network: 'convNet',
    definition,
    level,
    beta: 1e-4,
    n: 3,
    mean,
    sd: 1,
    lower: mean - 2,
    upper: mean + 3,
  },
  trainedOn: '100 shapes10 training images',
  ...more,
});
const gains = [
  gain('gaussian-pixel-sigma', 0, 1),
  gain('gaussian-pixel-sigma', 0.1, 2),
  gain('salt-pepper-pixels', 0, -1),
  gain('salt-pepper-pixels', 0.1, -2, { n: 1, lower: null, upper: null }),
];
const PAPER = 6; // grey

test('gainFigure: Gaussian left, salt and pepper right, interval from lower to upper edge; the paper in grey in both', (t) => {
  const figure = gainFigure(gains);
  isAsKept(t, 'noise-robustness/gain', figure);
  const [gaussianBand, gaussian, paperGaussian, saltBand, salt, paperSalt] = drawn(figure);
  t.is(figure.data.length, 6);
  t.deepEqual(gaussianBand, { band: true, x: [0, 0.1, 0.1, 0], y: [4, 5, 0, -1], colour: 0 });
  t.deepEqual(gaussian, { name: 'Gaussian σ on pixels', x: [0, 0.1], y: [1, 2], colour: 0 });
  t.deepEqual(saltBand, { band: true, x: [0, 0.1, 0.1, 0], y: [2, -2, -2, -3], colour: 1, plot: 2 });
  t.deepEqual(salt, {
    name: 'salt and pepper on whole pixels',
    x: [0, 0.1],
    y: [-1, -2],
    colour: 1,
    plot: 2,
  });
  const ends = ({ name, x, y, colour, plot }: typeof salt) => {
    const [levels, values] = [x, y] as [number[], number[]];
    return { name, x: [levels[0], levels[9]], y: [values[0], values[9]], colour, plot };
  };
  // Fig. 7: 93.32 − 92.82 and 85.30 − 79.97; 82.08 − 77.32 and 77.09 − 65.94.
  const shared = { name: 'the paper, Fig. 7', x: [0.02, 0.1], colour: PAPER };
  t.deepEqual(ends(paperGaussian), { ...shared, y: [0.5, 5.33], plot: undefined });
  t.deepEqual(ends(paperSalt), { ...shared, y: [4.76, 11.15], plot: 2 });
  t.deepEqual(axisTitles(figure), {
    xaxis: 'noise level',
    yaxis: 'gain of LR (points)',
    xaxis2: 'noise level',
    yaxis2: 'gain of LR (points)',
  });
  t.deepEqual(notes(figure), ['Gaussian noise', 'salt and pepper', 'convNet, 100 shapes10 training images']);
  t.deepEqual(figure.data[4].text, ['3', '1'], 'n under the pointer');
});

test('gainFigure: several β are named', (t) => {
  const figure = gainFigure([
    gain('gaussian-pixel-sigma', 0, 1),
    gain('gaussian-pixel-sigma', 0, 7, { beta: 1e-3 }),
  ]);
  t.deepEqual(
    drawn(figure)
      .filter(({ band }) => !band)
      .slice(0, 2),
    [
      { name: 'Gaussian σ on pixels, β = 0.0001', x: [0], y: [1], colour: 0 },
      { name: 'Gaussian σ on pixels, β = 0.001', x: [0], y: [7], colour: 1 },
    ],
  );
});
