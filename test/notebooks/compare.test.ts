import test from 'ava';
import { PNG } from 'pngjs';
import type { MimeBundle } from '../../src/cell/output.js';
import { compareNotebooks } from '../../src/notebooks/compare.js';
import { createNotebook, type Notebook, type Output } from '../../src/notebooks/nbformat.js';
import { injectParameters } from '../../src/notebooks/parameters.js';

function executed(...outputs: Output[]): Notebook {
  const notebook = createNotebook(['# Title', { code: 'show();\nmore();' }]);
  return { ...notebook, cells: notebook.cells.map((cell) => ({ ...cell, outputs })) };
}
const text = (words: string): Output => ({ output_type: 'stream', name: 'stdout', text: words });
const shown = (data: MimeBundle): Output => ({ output_type: 'display_data', data, metadata: {} });
const differences = (before: Output[], after: Output[]): string[] =>
  compareNotebooks(executed(...before), executed(...after)).map(({ what }) => what);

/** A grey picture with so many white pixels, base64. */
function picture(width: number, white: number): string {
  const png = new PNG({ width, height: 100 });
  png.data.fill(128).fill(255, 0, 4 * white);
  return PNG.sync.write(png).toString('base64');
}

test('compareNotebooks: equal outputs have no differences; a difference names cell, first line and both lines', (t) => {
  t.deepEqual(differences([text('a\nb\n')], [text('a\nb\n')]), []);
  t.deepEqual(compareNotebooks(executed(text('a\nb\nc')), executed(text('a\nB\nC'))), [
    { cell: 2, firstLine: 'show();', what: 'stream.text, line 2: "b" is now "B"' },
  ]);
  t.deepEqual(differences([text('a\n')], [text('a\nmore\n')]), ['stream.text, line 2: "" is now "more"']);
});

test('compareNotebooks: injected parameters are left out, the cells behind them keep their numbers', (t) => {
  const plain = executed(text('a'));
  const injected = injectParameters(
    createNotebook([{ code: 'let a = 1;', tags: ['parameters'] }, { code: 'show();' }]),
    { a: 2 },
    'n.ipynb',
  );
  const without = injectParameters(injected, {}, 'n.ipynb');
  const outputs = (notebook: Notebook, words: string): Notebook => ({
    ...notebook,
    cells: notebook.cells.map((cell) => ({ ...cell, outputs: [text(words)] })),
  });
  t.deepEqual(compareNotebooks(outputs(injected, 'a'), outputs(without, 'a')), []);
  t.deepEqual(
    compareNotebooks(outputs(injected, 'a'), outputs(without, 'b')).map(({ cell }) => cell),
    [1, 3],
  );
  t.deepEqual(compareNotebooks(plain, plain), []);
});

test('compareNotebooks: of long lines the part that differs is shown', (t) => {
  const [what] = differences(
    [text(`${'a'.repeat(500)}old${'b'.repeat(500)}`)],
    [text(`${'a'.repeat(500)}new`)],
  );
  t.regex(what, /^stream\.text: …"a{20}oldb+… is now …"a{20}new"$/);
});

test('compareNotebooks: an output more or less, of another kind, or of another MIME type', (t) => {
  t.deepEqual(differences([text('a')], [text('a'), shown({ 'text/plain': 'table' })]), [
    'output 2: is new: "table"',
  ]);
  t.deepEqual(differences([text('a')], []), ['is no more: stdout "a"']);
  t.regex(differences([text('a')], [shown({ 'text/plain': 'a' })])[0], /stream/);
  t.deepEqual(differences([shown({ 'text/plain': 'a' })], [shown({ 'text/plain': 'a', 'text/html': '' })]), [
    'text/html is new',
  ]);
});

test('compareNotebooks: numbers of a figure by path; only the last digits may differ', (t) => {
  const figure = (y: number): Output =>
    shown({ 'application/vnd.plotly.v1+json': { data: [{ y: [1, y] }], layout: {} } });
  t.deepEqual(differences([figure(0.1 + 0.2)], [figure(0.3)]), []);
  t.deepEqual(differences([figure(0.3)], [figure(0.3001)]), [
    'application/vnd.plotly.v1+json.data.0.y.1: 0.3 is now 0.3001',
  ]);
  t.deepEqual(differences([figure(0)], [figure(1e-12)]).length, 1, 'nothing is near 0');
});

test('compareNotebooks: pictures by what is to be seen, not by bytes', (t) => {
  const png = (...given: Parameters<typeof picture>): Output => shown({ 'image/png': picture(...given) });
  t.deepEqual(differences([png(100, 0)], [png(100, 5)]), [], 'five of 10,000 pixels');
  t.deepEqual(differences([png(100, 0)], [png(100, 500)]), ['picture: 5.0 % of it has changed']);
  t.deepEqual(differences([png(100, 0)], [png(90, 0)]), ['picture: 100 × 100 pixels are now 90 × 100']);
});
