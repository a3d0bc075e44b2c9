import test from 'ava';
import type { SummaryRow } from '../../src/figures/summary.js';
import { claimAndSetting, effectsOf, forestPlot } from '../../src/report/forest.js';
import { Markup } from '../../src/report/markup.js';

const row = (claim: string, ours: string, word = 'undecided'): SummaryRow => ({
  ...{ claim, ours, paper: 'higher', paperSource: 'abstract', n: 5 },
  verdict: `different setting: trend ${word} (n = 5)`,
});

test('a claim is told from its setting at the colon, else at the brackets', (t) => {
  t.deepEqual(claimAndSetting('SGS raises accuracy: SGS δ = 0.1 (no LR), x'), [
    'SGS raises accuracy',
    'SGS δ = 0.1 (no LR), x',
  ]);
  t.deepEqual(claimAndSetting('it grows (from 1 to 8)'), ['it grows', 'from 1 to 8']);
  t.deepEqual(claimAndSetting('parameters'), ['parameters', '']);
});

test('effects: numbers with their true minus; what is none is left out; the direction is the paper’s', (t) => {
  const rows = [
    row('SGS raises accuracy: a', '−0.42 points [−0.59, −0.25]', 'disagrees'),
    row('LR raises accuracy: b', '+3.34 points [1.09, 5.59]', 'agrees'),
    row('LR narrows the gap: c', '+0.60 points [−0.04, 1.16]'),
    row('energy: d', '29.1 times'),
  ];
  t.deepEqual(
    effectsOf(rows).map(({ mean, lower, upper, direction }) => [mean, lower, upper, direction]),
    [
      [-0.42, -0.59, -0.25, 1],
      [3.34, 1.09, 5.59, 1],
      [0.6, -0.04, 1.16, -1],
    ],
  );
});

test('the plot: a line for each effect, one without 0 stands out, names are text; none without effects', (t) => {
  t.is(forestPlot([]), null);
  const effects = effectsOf([
    row('a <b>: <i>x</i>', '−1.00 points [−2.00, −0.50]'),
    row('a <b>: y', '+1.00 points [−1.00, 3.00]'),
  ]);
  const { text } = forestPlot(effects) as Markup;
  t.is([...text.matchAll(/<circle/g)].length, 2);
  t.is([...text.matchAll(/class="clear"/g)].length, 1);
  t.false(text.includes('<i>') || text.includes('<b>'));
  const ticks = [...text.matchAll(/text-anchor="middle">([^<]*)<\/text>/g)].map(([, tick]) => tick);
  t.deepEqual(ticks.slice(0, 9), ['−2', '−1.5', '−1', '−0.5', '0', '0.5', '1', '1.5', '2'], 'round numbers');
  t.is([...text.matchAll(/<path/g)].length, 1, 'an arrow where 3 lies beyond 2');
});

test('long words beside the plot move it to the right: none is cut', (t) => {
  const partsOf = (setting: string): number[] => {
    const { text } = forestPlot(effectsOf([row(`a: ${setting}`, '+1.00 points [0.50, 1.50]')])) as Markup;
    const of = (pattern: RegExp): number => Number(pattern.exec(text)![1]);
    return [of(/viewBox="0 0 (\d+)/), of(/<text x="(\d+)" y="\d+" text-anchor="end">[^p]/)];
  };
  t.deepEqual(partsOf('short'), [800, 360]);
  // 80 letters of 5.9 units and 20 besides.
  t.deepEqual(partsOf('x'.repeat(80)), [922, 482]);
});
