import test from 'ava';
import { fastestOf, interleave, median, ratioOf, type Contestant } from '../../bench/pairs.js';

/** A contestant that takes given seconds, run after run, and writes down that it ran. */
function scripted(name: string, seconds: number[], diary: string[]): Contestant {
  let run = 0;
  return {
    name,
    async run() {
      diary.push(name);
      return seconds[run++ % seconds.length];
    },
  };
}

test('interleave: pairs of neighbours, who goes first changes from round to round, warm-ups are not timed', async (t) => {
  const diary: string[] = [];
  const lines: string[] = [];
  const ours = scripted('ours', [9, 1, 2, 3, 4, 5, 6], diary);
  const peers = [scripted('a', [90, 10, 20, 30], diary), scripted('b', [91, 11, 21, 31], diary)];
  const times = await interleave(ours, peers, {
    pairs: 3,
    warmUps: 1,
    onProgress: (text) => lines.push(text),
  });
  t.is(diary.join(' '), 'ours a b ours a ours b a ours b ours ours a ours b');
  t.deepEqual(times, [
    { peer: 'a', ours: [1, 3, 5], theirs: [10, 20, 30] },
    { peer: 'b', ours: [2, 4, 6], theirs: [11, 21, 31] },
  ]);
  t.is(lines.length, diary.length);
  t.is(lines.at(-1), '15 of 15: b 31000 ms');
});

test('interleave: a contestant that fails ends it', async (t) => {
  const failing: Contestant = { name: 'b', run: () => Promise.reject(new Error('gone')) };
  await t.throwsAsync(interleave(scripted('ours', [1], []), [failing], { pairs: 1, warmUps: 0 }), {
    message: 'gone',
  });
});

test('median: the middle, or the mean of the two in the middle; the values stay in their order', (t) => {
  const values = [5, 1, 3];
  t.is(median(values), 3);
  t.deepEqual(values, [5, 1, 3]);
  t.is(median([4, 1, 3, 2]), 2.5);
  t.is(median([10, 9]), 9.5);
});

test('ratioOf: of the medians, of the bests, and the extremes of single pairs', (t) => {
  t.deepEqual(ratioOf({ peer: 'eager nchw', ours: [1, 2, 4], theirs: [6, 5, 4] }), {
    peer: 'eager nchw',
    ours: { median: 2, best: 1 },
    theirs: { median: 5, best: 4 },
    ratio: 2.5,
    best: 4,
    lowest: 1,
    highest: 6,
  });
});

test('fastestOf: the faster layout of exactly that family', (t) => {
  const ratios = [
    { peer: 'eager nchw', ours: [1], theirs: [3] },
    { peer: 'eager nhwc', ours: [1], theirs: [2] },
    { peer: 'eager-avx2 nchw', ours: [1], theirs: [1] },
  ].map(ratioOf);
  t.is(fastestOf(ratios, 'eager')?.peer, 'eager nhwc');
  t.is(fastestOf(ratios, 'eager-avx2')?.peer, 'eager-avx2 nchw');
  t.is(fastestOf(ratios, 'fused'), undefined);
});
