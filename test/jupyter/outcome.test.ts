import test from 'ava';
import { figureCount, problemsOf, type ShownCell } from './outcome.js';

const cell = (changes: Partial<ShownCell>): ShownCell => ({
  type: 'code',
  source: 'await work();\nmore();',
  count: 3,
  reply: 'ok',
  outputs: [],
  ...changes,
});
const stderr = (text: string) => ({ type: 'stream', name: 'stderr', text, mimes: [] });

test('problemsOf: a cell that ended well, text and empty cells have none', (t) => {
  const warned = cell({ outputs: [stderr('a warning')] });
  const text = cell({ type: 'markdown', count: null, reply: null });
  t.deepEqual(problemsOf([cell({}), warned, text, cell({ source: ' \n', count: null, reply: null })]), []);
});

test('problemsOf: a failed cell is named by place and first line, with what it said', (t) => {
  const failed = cell({ reply: 'error', outputs: [stderr('SettingsError: no such preset\n')] });
  t.deepEqual(problemsOf([cell({}), failed]), [
    'cell 2 (`await work();`) failed: SettingsError: no such preset',
  ]);
  t.regex(problemsOf([cell({ outputs: [{ type: 'error', text: '', mimes: [] }] })])[0], /failed$/);
});

test('problemsOf: an error that tslab prints while it calls the cell a success is found', (t) => {
  const left = cell({ outputs: [stderr('UnhandledPromiseRejection: late')] });
  t.deepEqual(problemsOf([left]), [
    'cell 1 (`await work();`) left an error behind: UnhandledPromiseRejection: late',
  ]);
});

test('problemsOf: cells after a failed one were not executed', (t) => {
  t.regex(problemsOf([cell({ reply: 'abort', count: null })])[0], /was not executed$/);
  t.regex(problemsOf([cell({ reply: null })])[0], /was not executed$/);
});

test('figureCount: counts outputs that hold a figure', (t) => {
  const figure = {
    type: 'display_data',
    text: 'figure',
    mimes: ['application/vnd.plotly.v1+json', 'text/html'],
  };
  t.is(figureCount([cell({ outputs: [figure, stderr('x')] }), cell({ outputs: [figure] })]), 2);
});
