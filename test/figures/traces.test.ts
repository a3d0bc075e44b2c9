// Traces: plain JSON with bands, gaps, run ids and inert names.
import test from 'ava';
import { SettingsError } from '../../src/errors.js';
import { PALETTE, PATTERNS } from '../../src/figures/theme.js';
import { band, bars, line, points } from '../../src/figures/traces.js';

const x = [1, 2, 3];
const HOSTILE = '</script><img src=x onerror=alert(1)>';

test('line: one trace without, two with a band, joined in one legend group', (t) => {
  t.is(line({ name: 'a', x, y: x }).length, 1);
  const [shade, drawn] = line({ name: 'a', x, y: x, lower: [0, 1, 2], upper: [2, 3, 4], colour: 1, plot: 2 });
  t.deepEqual(shade.x, [1, 2, 3, 3, 2, 1]);
  t.deepEqual(shade.y, [2, 3, 4, 2, 1, 0]);
  t.is(shade.showlegend, false);
  t.is(shade.legendgroup, drawn.legendgroup);
  t.is(shade.xaxis, 'x2');
  t.is(drawn.yaxis, 'y2');
  t.is((drawn.line as { color: string }).color, PALETTE[1]);
});

test('band: points without both edges are left out; the colour must be one that can be thinned', (t) => {
  t.deepEqual(band([1, 2, 3], [0, NaN, 1], [1, 2, null], 0).x, [1, 1]);
  t.regex(band(x, x, x, '#0072B2').fillcolor as string, /^rgba\(0,114,178,0\.25\)$/);
  t.throws(() => band(x, x, x, 'blue'), { instanceOf: SettingsError, message: /#rrggbb, got "blue"/ });
});

test('traces are plain JSON: typed arrays become lists, NaN and infinities become gaps', (t) => {
  const [trace] = line({ name: 'a', x: Float32Array.of(1, 2), y: Float64Array.of(NaN, Infinity) });
  t.deepEqual(JSON.parse(JSON.stringify(trace)), trace);
  t.deepEqual(trace.y, [null, null]);
});

test('run ids stand in the hover box: the first three, then a count; by point or for all', (t) => {
  const ids = ['run-1', 'run-2', 'run-3', 'run-4', 'run-5'];
  const all = points({ name: 'a', x, y: x, runs: ids });
  t.deepEqual(all.customdata, Array(3).fill('run-1<br>run-2<br>run-3<br>and 2 more'));
  t.regex(all.hovertemplate as string, /%{customdata}<extra>/);
  const each = bars({ name: 'a', x: ['p', 'q'], y: [1, 2], runs: [['run-1'], ['run-2']] });
  t.deepEqual(each.customdata, ['run-1', 'run-2']);
  t.notRegex(points({ name: 'a', x, y: x }).hovertemplate as string, /customdata/);
});

test('names, groups and categories are escaped, and no name enters the hover template', (t) => {
  const trace = bars({ name: `${HOSTILE}%{x}`, x: [HOSTILE], y: [1] });
  t.notRegex(JSON.stringify([trace.name, trace.legendgroup, trace.x]), /<[a-z/]/i);
  t.false((trace.hovertemplate as string).includes('onerror'));
});

test('points and bars carry error bars', (t) => {
  t.deepEqual(points({ name: 'a', x, y: x, error: [1, NaN, 2] }).error_y, {
    type: 'data',
    array: [1, null, 2],
    visible: true,
  });
  t.is(bars({ name: 'a', x, y: x }).error_y, undefined);
});

test('line, points and bars: each value, colour, dash, symbol and hatching where it belongs', (t) => {
  const shared = { name: 'a', x: [1, 2], y: [30, 10], colour: 2, plot: 3, group: 'g' };
  const [curve] = line({ ...shared, dash: 1, symbol: 2 });
  t.like(curve, {
    ...{ type: 'scatter', mode: 'lines+markers', name: 'a', legendgroup: 'g', x: [1, 2], y: [30, 10] },
    ...{ line: { color: '#009E73', width: 2.2, dash: 'dash' }, xaxis: 'x3', yaxis: 'y3' },
    marker: { color: '#009E73', symbol: 'diamond', size: 8 },
  });
  const [plain] = line({ name: 'a', x: [1], y: [2], inLegend: false });
  t.like(plain, {
    mode: 'lines',
    legendgroup: 'a',
    showlegend: false,
    line: { color: '#0072B2', dash: 'solid' },
  });
  t.deepEqual([plain.marker, plain.xaxis, curve.showlegend], [undefined, undefined, undefined]);
  t.like(points({ ...shared, symbol: 4, error: [0.5, 3] }), {
    ...{ type: 'scatter', mode: 'markers', x: [1, 2], y: [30, 10], xaxis: 'x3', yaxis: 'y3' },
    marker: { color: '#009E73', symbol: 'x' },
    error_y: { type: 'data', array: [0.5, 3], visible: true },
  });
  t.like(bars({ ...shared, error: [0.5, 3] }), {
    ...{ type: 'bar', x: [1, 2], y: [30, 10], marker: { color: '#009E73' }, xaxis: 'x3', yaxis: 'y3' },
    error_y: { array: [0.5, 3], visible: true },
  });
});

test('columns of different lengths and half a band are refused', (t) => {
  t.throws(() => line({ name: 'a', x, y: [1] }), {
    instanceOf: SettingsError,
    message: /line a: lengths differ: x 3, y 1/,
  });
  t.throws(() => line({ name: 'a', x, y: x, lower: x }), {
    instanceOf: SettingsError,
    message: /both lower and upper/,
  });
  t.throws(() => bars({ name: 'a', x, y: x, error: [1] }), { instanceOf: SettingsError, message: /error 1/ });
});

test('bars: a pattern hatches them in their own colour; without one they are plain', (t) => {
  const marker = (pattern?: number) =>
    bars({ name: 'a', x: [1], y: [2], colour: 1, pattern }).marker as {
      color: string;
      pattern?: { shape: string; bgcolor: string };
    };
  t.is(marker().pattern, undefined);
  t.is(marker(0).pattern, undefined);
  t.is(marker(1).pattern?.shape, PATTERNS[1]);
  t.is(marker(1).pattern?.bgcolor, marker().color);
});
