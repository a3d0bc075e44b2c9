// Heat maps: the matrix, its axes and its colours.
import test from 'ava';
import { SettingsError } from '../../src/errors.js';
import { heatmap } from '../../src/figures/heatmap.js';

test('heatmap: rows, names, range and cell text arrive in Plotly’s words', (t) => {
  const trace = heatmap({
    z: [Float32Array.of(1, 2), [NaN, 4]],
    x: ['<b>', 'q'],
    y: [0, 1],
    quantity: 'count',
    range: [0, 5],
    cellFormat: 'd',
  });
  t.deepEqual(trace.z, [
    [1, 2],
    [null, 4],
  ]);
  t.deepEqual(trace.x, ['&lt;b&gt;', 'q']);
  t.is(trace.zmin, 0);
  t.is(trace.zmax, 5);
  t.is(trace.texttemplate, '%{z:d}');
});

test('heatmap: ragged rows and axes that do not fit are refused', (t) => {
  t.throws(() => heatmap({ z: [[1, 2], [3]], quantity: 'q' }), {
    instanceOf: SettingsError,
    message: /rows of 2, 1/,
  });
  t.throws(() => heatmap({ z: [[1, 2]], x: [1], quantity: 'q' }), {
    instanceOf: SettingsError,
    message: /x 1/,
  });
});
