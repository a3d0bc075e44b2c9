import { PassThrough } from 'node:stream';
import test from 'ava';
import {
  durationText,
  fieldsText,
  Meter,
  type Progress,
  rateText,
} from '../../../src/display/progress/meter.js';
import { notebookProgress } from '../../../src/display/progress/notebook.js';
import { chooseProgress, progressBar, reportProgress } from '../../../src/display/progress/progress.js';
import { terminalProgress } from '../../../src/display/progress/terminal.js';
import { inCell } from '../../helpers/cell.js';

/** A clock that only the test moves, in milliseconds. */
const clock = (): { now: () => number; ms: number } => {
  const state = { ms: 0, now: (): number => state.ms };
  return state;
};

test('Meter: rate and time left of steady work are exact, and follow a change', (t) => {
  const time = clock();
  const meter = new Meter(10, time.now);
  t.is(meter.rate, undefined);
  t.is(meter.secondsLeft, undefined);
  for (let done = 1; done <= 4; done++) {
    time.ms += 500;
    meter.tick(done);
  }
  t.is(meter.rate, 2);
  t.is(meter.secondsLeft, 3);
  t.is(meter.elapsed, 2);
  time.ms += 5000;
  meter.tick(5);
  t.true(meter.rate! < 1 && meter.secondsLeft! > 5);
  meter.tick(5); // nothing new is finished
  t.is(meter.elapsed, 7);
});

test('durationText, rateText, fieldsText: words for people', (t) => {
  t.deepEqual([0.4, 59.4, 75, 3599, 3661, 90000].map(durationText), [
    '0 s',
    '59 s',
    '1 min 15 s',
    '59 min 59 s',
    '1 h 1 min',
    '25 h 0 min',
  ]);
  t.deepEqual([1234.5, 2.345, 0.08].map(rateText), ['1230/s', '2.35/s', '12.5 s each']);
  t.is(fieldsText({ loss: 1.23456, epoch: '3 of 10' }), 'loss 1.235, epoch 3 of 10');
});

test('terminalProgress: where nothing can be redrawn, a line every five seconds and one at the end', (t) => {
  const time = clock();
  const stream = new PassThrough();
  const view = terminalProgress({ stream, now: time.now });
  view.start(100, 'train');
  for (let done = 1; done <= 80; done++) {
    time.ms += 100;
    view.tick(done, { loss: 1 / done });
  }
  view.stop();
  view.stop();
  t.deepEqual(String(stream.read()).split('\n'), [
    'train 50/100  10/s  5 s left  loss 0.02',
    'train 80/100  8 s  loss 0.0125',
    '',
  ]);
});

test('terminalProgress: a terminal gets a bar, and no SIGINT listener of its own', (t) => {
  const stream = Object.assign(new PassThrough(), {
    isTTY: true,
    columns: 120,
    cursorTo() {},
    clearLine() {},
    moveCursor() {},
  });
  const before = process.listenerCount('SIGINT');
  const view = terminalProgress({ stream: stream as unknown as NodeJS.WriteStream });
  view.start(2, 'train');
  t.is(process.listenerCount('SIGINT'), before);
  view.tick(2, { loss: 0.5 });
  view.stop();
  t.regex(String(stream.read()), /train \[=+\] 2\/2/);
});

test.serial(
  'notebookProgress: one display, updated at most five times a second, in the end without a clock',
  async (t) => {
    const time = clock();
    const sent = await inCell(() => {
      const view = notebookProgress({ now: time.now });
      view.start(1000, '<b>train');
      for (let done = 1; done <= 1000; done++) {
        time.ms += 1;
        view.tick(done, { loss: 0.5 });
      }
      view.stop();
    });
    t.is(sent.length, 1 + 5 + 1);
    t.deepEqual(
      sent.map(({ update }) => update),
      [false, true, true, true, true, true, true],
    );
    t.is(new Set(sent.map(({ id }) => id)).size, 1);
    t.is(sent[1].data['text/plain'], '<b>train  200/1000  1000/s  1 s left  loss 0.5');
    t.is(sent.at(-1)?.data['text/plain'], '<b>train  1000/1000  loss 0.5');
    for (const { data } of sent) t.regex(String(data['text/html']), /&lt;b&gt;train/);
  },
);

test('reportProgress: a new label or total begins a new bar, stop ends the last', (t) => {
  const calls: unknown[] = [];
  const view: Progress = {
    start: (total, label) => calls.push(['start', total, label]),
    tick: (done) => calls.push(done),
    stop: () => calls.push('stop'),
  };
  const report = reportProgress(view);
  report({ done: 1, total: 2, label: 'a' });
  report({ done: 2, total: 2, label: 'a' });
  report({ done: 1, total: 1, label: 'b' });
  report.stop();
  report.stop();
  t.deepEqual(calls, [['start', 2, 'a'], 1, 2, 'stop', ['start', 1, 'b'], 1, 'stop']);
});

test.serial('chooseProgress and progressBar: a display in a cell', async (t) => {
  const sent = await inCell(() => {
    chooseProgress().start(1, 'one');
    const bar = progressBar({ total: 3, title: 'two' });
    bar.update(3);
    bar.stop();
  });
  t.deepEqual(
    sent.map(({ data }) => data['text/plain']),
    ['one  0/1', 'two  0/3', 'two  3/3'],
  );
});
