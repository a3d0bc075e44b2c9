import { PassThrough } from 'node:stream';
import test from 'ava';
import type { Snapshot } from '../../src/sweep/snapshot.js';
import { chooseView, snapshotLines } from '../../src/sweep/view.js';
import { inCell } from '../helpers/cell.js';

const snapshot: Snapshot = {
  name: '<b>s',
  total: 5,
  settled: 2,
  counts: '1 done, 1 failed, 2 running, 1 missing',
  best: 'best of 1 by validation at epoch 3: 50.00 %, neuron.delta = 0.1',
  left: '3 min 0 s left',
  running: [
    { trial: 2, what: 'neuron.delta = 0.1', epoch: '1/3', progress: 0.25, time: '10 s' },
    { trial: 3, what: 'neuron.delta = 0.2', epoch: 'starting', progress: 0, time: '0 s' },
  ],
};

test('a snapshot in lines: where it stands, the best so far, what runs', (t) => {
  t.deepEqual(snapshotLines(snapshot), [
    '<b>s: 2 of 5 trials, 3 min 0 s left (1 done, 1 failed, 2 running, 1 missing)',
    'best of 1 by validation at epoch 3: 50.00 %, neuron.delta = 0.1',
    'trial  what                epoch     progress        time',
    '    2  neuron.delta = 0.1  1/3       [===.........]  10 s',
    '    3  neuron.delta = 0.2  starting  [............]  0 s',
  ]);
});

test('lines fit the terminal', (t) => {
  const lines = snapshotLines(snapshot, 40, 4);
  t.true(lines.every((line) => line.length < 40));
  t.is(lines.length, 4);
  t.is(lines[3], '… and 2 more');
});

test('a terminal is redrawn in place, with notes above', (t) => {
  const stream = Object.assign(new PassThrough(), { isTTY: true, columns: 100, rows: 30 });
  const view = chooseView({ stream });
  view.show(snapshot);
  view.show({ ...snapshot, running: [] });
  view.note('a note');
  view.stop({ ...snapshot, running: [] });
  const text = String(stream.read());
  t.deepEqual(text.split('\x1b[5A\x1b[0J').length, 2, 'five lines are replaced');
  t.true(text.includes('\x1b[2A\x1b[0Ja note\n<b>s: 2 of 5'));
});

test('where nothing can be redrawn: a line when a trial has ended and one a minute, each with what runs', (t) => {
  const stream = new PassThrough();
  const time = { ms: 0 };
  const view = chooseView({ stream, now: () => time.ms });
  for (let second = 0; second <= 70; second++) {
    time.ms = second * 1000;
    view.show({ ...snapshot, settled: second < 5 ? 2 : 3 });
  }
  view.stop({ ...snapshot, settled: 4, running: [] });
  const lines = String(stream.read()).trimEnd().split('\n');
  t.deepEqual(
    lines.map((line) => line.slice(0, 44).trimEnd()),
    [
      '<b>s: 2 of 5 trials, 3 min 0 s left (1 done,',
      '  trial 2: epoch 1/3, 25 %; trial 3: startin',
      '  best of 1 by validation at epoch 3: 50.00',
      '<b>s: 3 of 5 trials, 3 min 0 s left (1 done,',
      '  trial 2: epoch 1/3, 25 %; trial 3: startin',
      '<b>s: 3 of 5 trials, 3 min 0 s left (1 done,',
      '  trial 2: epoch 1/3, 25 %; trial 3: startin',
      '<b>s: 4 of 5 trials, 3 min 0 s left (1 done,',
    ],
  );
});

test('of many that run a line names eight', (t) => {
  const stream = new PassThrough();
  const [{ trial: _, ...one }] = snapshot.running;
  const running = Array.from({ length: 11 }, (_, trial) => ({ trial, ...one }));
  chooseView({ stream, now: () => 0 }).show({ ...snapshot, running });
  t.regex(String(stream.read()), /trial 6: epoch 1\/3, 25 %; trial 7: epoch 1\/3, 25 %; and 3 more\n/);
});

test.serial(
  'a notebook has one display, updated, every text inert, without clock times in the end',
  async (t) => {
    const sent = await inCell(() => {
      const time = { ms: 0 };
      const view = chooseView({ now: () => time.ms });
      for (; time.ms < 2000; time.ms += 100) view.show(snapshot);
      view.note('<i>a note');
      view.stop(snapshot);
    });
    t.is(sent.length, 5);
    t.is(new Set(sent.map(({ id }) => id)).size, 1);
    t.deepEqual(
      sent.map(({ update }) => update),
      [false, true, true, true, true],
    );
    t.regex(String(sent[0].data['text/html']), /&lt;b&gt;s: 2 of 5[^]*<table>/);
    const end = sent[4].data;
    t.regex(String(end['text/html']), /&lt;i&gt;a note/);
    t.notRegex(String(end['text/plain']), /left|10 s/);
  },
);
