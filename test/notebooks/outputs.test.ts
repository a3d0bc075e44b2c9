import test from 'ava';
import { collapseReturns, OutputCollector, trimStack } from '../../src/notebooks/outputs.js';

const display = (text: string, id?: string): { type: string; content: object } => ({
  type: 'display_data',
  content: { data: { 'text/plain': text }, metadata: {}, transient: { display_id: id } },
});
const stream = (name: 'stdout' | 'stderr', text: string): { type: string; content: object } => ({
  type: 'stream',
  content: { name, text },
});

test('collapseReturns: a carriage return starts its line anew; a last state and line breaks stay', (t) => {
  t.is(collapseReturns('1%\r2%\r3%\ndone\n'), '3%\ndone\n');
  t.is(collapseReturns('a\r\nb\r\r\n'), 'a\nb\n');
  t.is(collapseReturns('x\n50%\r'), 'x\n50%\r');
  t.is(collapseReturns('plain\ntext'), 'plain\ntext');
});

test('trimStack: frames of tslab and Node go, frames of the cell and other text stay', (t) => {
  const text = [
    'Error: boom',
    '    at f (evalmachine.<anonymous>:2:7)',
    '    at Script.runInThisContext (node:vm:135:14)',
    '    at Object.execute (/home/x/node_modules/tslab/dist/executor.js:160:38)',
    'at the end',
  ].join('\n');
  t.is(trimStack(text), 'Error: boom\n    at f (evalmachine.<anonymous>:2:7)\nat the end');
});

test('OutputCollector: neighbouring pieces of a stream are one output, two streams stay apart', (t) => {
  const collector = new OutputCollector(new Map());
  for (const message of [
    stream('stdout', 'a'),
    stream('stdout', 'b'),
    stream('stderr', 'e'),
    stream('stdout', 'c'),
  ])
    collector.add(message);
  t.deepEqual(collector.outputs, [
    { output_type: 'stream', name: 'stdout', text: 'ab' },
    { output_type: 'stream', name: 'stderr', text: 'e' },
    { output_type: 'stream', name: 'stdout', text: 'c' },
  ]);
  t.is(collector.text('stdout'), 'abc');
});

test('OutputCollector: an update changes every display of its id, in earlier cells too, and adds none', (t) => {
  const displays = new Map();
  const [first, second] = [new OutputCollector(displays), new OutputCollector(displays)];
  first.add(display('old', 'd'));
  second.add(display('old', 'd'));
  second.add(display('other', 'e'));
  second.add({ ...display('new', 'd'), type: 'update_display_data' });
  second.add({ ...display('lost', 'unknown'), type: 'update_display_data' });
  const texts = (collector: OutputCollector): unknown[] =>
    collector.outputs.map((output) => 'data' in output && output.data['text/plain']);
  t.deepEqual(texts(first), ['new']);
  t.deepEqual(texts(second), ['new', 'other']);
});

test('OutputCollector: clear_output empties at once, or with `wait` when the next output comes', (t) => {
  const collector = new OutputCollector(new Map());
  collector.add(stream('stdout', 'a'));
  collector.add({ type: 'clear_output', content: { wait: true } });
  t.is(collector.outputs.length, 1);
  collector.add(stream('stdout', 'b'));
  t.deepEqual(collector.outputs, [{ output_type: 'stream', name: 'stdout', text: 'b' }]);
  collector.add({ type: 'clear_output', content: {} });
  t.deepEqual(collector.outputs, []);
});

test('OutputCollector: results and errors are kept, other messages passed over', (t) => {
  const collector = new OutputCollector(new Map());
  collector.add({ type: 'execute_input', content: {} });
  collector.add({ type: 'execute_result', content: { data: { 'text/plain': '3' }, metadata: {} } });
  collector.add({ type: 'error', content: { ename: 'E', evalue: 'v', traceback: ['t'] } });
  t.deepEqual(collector.outputs, [
    { output_type: 'execute_result', data: { 'text/plain': '3' }, metadata: {}, execution_count: null },
    { output_type: 'error', ename: 'E', evalue: 'v', traceback: ['t'] },
  ]);
});
