import test from 'ava';
import { SettingsError } from '../../../src/errors.js';
import { parallelCoordinates } from '../../../src/studies/sweep-analysis/parallel-coordinates.js';
import { madeGrid, madeRun } from '../../helpers/sweep.js';
import { isAsKept } from '../../helpers/whole-figure.js';

const grid = madeGrid([0, 0.1, 0.2], [0, 1e-4], [0, 1], (delta, beta, seed) => ({
  test: 0.6 + delta + 100 * beta + seed / 100,
  status: delta === 0.2 && beta > 0 ? 'diverged' : 'done',
}));

/** The lines of all traces: y of each, and its text. */
function linesOf(figure: { data: unknown[] }): { y: number[]; text: string }[] {
  return (figure.data as { y: (number | null)[]; customdata: string[] }[]).flatMap(({ y, customdata }) => {
    const found: { y: number[]; text: string }[] = [];
    let line: number[] = [];
    y.forEach((value, i) => {
      if (value !== null) line.push(value);
      else {
        found.push({ y: line, text: customdata[i - 1] });
        line = [];
      }
    });
    return found;
  });
}

test('parallelCoordinates: a line a run through every setting that differs, to its accuracy', (t) => {
  const figure = parallelCoordinates(grid);
  isAsKept(t, 'sweep-analysis/parallel-coordinates', figure);
  const lines = linesOf(figure);
  t.is(lines.length, grid.length);
  t.deepEqual([...new Set(lines.map(({ y }) => y.length))], [4]); // δ, β, seed, accuracy
  for (const run of grid) {
    const line = lines.find(({ text }) => text.endsWith(run.id))!;
    if (run.outcome.status === 'done') t.is(line.y[3], 100 * run.outcome.testAccuracy!);
    else t.regex(line.text, /^<b>diverged/);
  }
  const least = Math.min(
    ...grid
      .filter(({ outcome }) => outcome.status === 'done')
      .map(({ outcome }) => 100 * outcome.testAccuracy!),
  );
  for (const { y } of lines.filter(({ text }) => text.includes('diverged'))) t.true(y[3] < least);
});

test('parallelCoordinates: lines through one level stay in order of accuracy and apart from those of the next', (t) => {
  const lines = linesOf(parallelCoordinates(grid, { settings: ['neuron.delta'] }));
  const level = (value: string): number[] =>
    lines.filter(({ text }) => text.includes(`δ: ${value}<`)).map(({ y }) => y[0]);
  t.true(Math.max(...level('0')) < Math.min(...level('0.1')));
  t.true(Math.max(...level('0.1')) < Math.min(...level('0.2')));
  const zero = lines.filter(({ text }) => text.includes('δ: 0<')).sort((a, b) => a.y[1] - b.y[1]);
  t.deepEqual(
    zero.map(({ y }) => y[0]),
    zero.map(({ y }) => y[0]).sort((a, b) => a - b),
  );
});

test('parallelCoordinates: more than twelve numbers are a scale, logarithmic over decades', (t) => {
  const runs = Array.from({ length: 21 }, (_, i) =>
    madeRun({ settings: { neuron: { delta: Number((10 ** (i / 5 - 4)).toPrecision(12)) } }, test: 0.5 }),
  );
  const figure = parallelCoordinates(runs);
  isAsKept(t, 'sweep-analysis/parallel-coordinates-scale', figure);
  const heights = linesOf(figure)
    .map(({ y }) => y[0])
    .sort((a, b) => a - b);
  const steps = heights.slice(1).map((height, i) => height - heights[i]);
  t.true(Math.max(...steps) - Math.min(...steps) < 1e-9); // equal factors are equally far apart
  const marks = (figure.layout.annotations as { text: string }[]).map(({ text }) => text);
  for (const mark of ['1e-4', '0.001', '0.01', '0.1', '1']) t.true(marks.includes(mark), mark);
});

test('parallelCoordinates: nothing to draw is refused; runs none of which is done are drawn', (t) => {
  t.throws(() => parallelCoordinates([]), { instanceOf: SettingsError, message: /no run among/ });
  t.throws(() => parallelCoordinates(grid.slice(0, 1)), {
    instanceOf: SettingsError,
    message: /differ in no setting/,
  });
  t.is(linesOf(parallelCoordinates(grid.slice(-2))).length, 2);
});

test('parallelCoordinates: the best are the brightest and drawn last, what is not done is grey and dotted, headings name axes', (t) => {
  const figure = parallelCoordinates(grid);
  const traces = figure.data as unknown as { y: (number | null)[]; line: { color: string; dash?: string } }[];
  const [lost, ...done] = traces;
  t.deepEqual([lost.line.color, lost.line.dash], ['#7F7F7F', 'dot']);
  const brightness = done.map(({ line }) =>
    line.color.match(/\d+/g)!.reduce((sum, part) => sum + Number(part), 0),
  );
  t.deepEqual(
    brightness,
    [...brightness].sort((a, b) => a - b),
  );
  const best = done.map(({ y }) => y.filter((_, i) => y[i + 1] === null).at(-1)!);
  t.deepEqual(
    best,
    [...best].sort((a, b) => a - b),
  );
  // 60, 61; 61, 62 of β; 70 … 72; 80, 81: the accuracies of the ten runs that are done, at the ends of their lines.
  t.deepEqual(
    linesOf({ data: done })
      .map(({ y }) => Math.round(y[3]))
      .sort((a, b) => a - b),
    [60, 61, 61, 62, 70, 71, 71, 72, 80, 81],
  );
  const headings = (figure.layout.annotations as { text: string; x: number }[]).slice(0, 3);
  t.deepEqual(
    headings.map(({ text, x }) => [text, x]),
    [
      ['SGS strength δ', 0],
      ['LR weight β', 1],
      ['seed', 2],
    ],
  );
  t.is((figure.layout.yaxis as { title: { text: string } }).title.text, 'test accuracy (%)');
  t.true((figure.layout.annotations as { text: string }[]).some(({ text }) => text === 'not done (2)'));
});
