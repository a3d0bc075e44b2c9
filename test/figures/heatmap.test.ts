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
  t.deepEqual(trace.y, [0, 1]);
  t.is(trace.colorscale, 'Cividis');
  t.is((trace.colorbar as { title: { text: string } }).title.text, 'count');
  t.is(trace.xaxis, undefined);
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

test('heatmap: three columns by two rows stay so; another scale and other axes where asked', (t) => {
  const trace = heatmap({
    z: [
      [1, 2, 3],
      [4, 5, 6],
    ],
    x: [7, 8, 9],
    y: ['a', 'b'],
    quantity: 'q',
    scale: 'RdBu',
    plot: 2,
  });
  t.like(trace, {
    ...{
      z: [
        [1, 2, 3],
        [4, 5, 6],
      ],
      x: [7, 8, 9],
      y: ['a', 'b'],
      colorscale: 'RdBu',
      xaxis: 'x2',
      yaxis: 'y2',
    },
  });
  t.deepEqual([trace.zmin, trace.texttemplate], [undefined, undefined]);
});

test('heatmap: without names of rows and columns it has none; what is under the pointer is said with its quantity', (t) => {
  const trace = heatmap({ z: [[1, 2]], quantity: 'a < b' });
  t.false('x' in trace || 'y' in trace || 'zmin' in trace || 'texttemplate' in trace);
  t.is(trace.hovertemplate, '%{y}, %{x}<br>a &lt; b: %{z}<extra></extra>');
  t.throws(() => heatmap({ z: [[1, 2], [3]], y: [1], quantity: 'q' }), {
    message: 'heatmap: z must have rows of equal length that fit x and y; got 2 rows of 2, 1, x none, y 1',
  });
});
