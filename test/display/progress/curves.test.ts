import test from 'ava';
import { curvesSvg } from '../../../src/display/progress/curves.js';
import { sampleRun } from '../../helpers/records.js';

test('curves of a training: two plots with a line each for training and test, a dot an epoch, a missing loss leaves a gap', (t) => {
  const { rows } = sampleRun();
  const svg = curvesSvg(rows, 10);
  t.is([...svg.matchAll(/<polyline/g)].length, 4);
  t.is([...svg.matchAll(/<circle/g)].length, 4 * rows.length);
  const gap = curvesSvg(
    rows.map((row, i) => (i === 0 ? { ...row, trainLoss: null } : row)),
    10,
  );
  t.is([...gap.matchAll(/<circle/g)].length, 4 * rows.length - 1);
  t.regex(svg, /epoch \(of 10\)/);
  t.notRegex(svg + curvesSvg(rows.slice(0, 1), 1), /NaN|Infinity/);
});
