import test from 'ava';
import { digestsInWords } from '../../../src/commands/reproduction/digests.js';

test('digestsInWords: how many runs have the expected weights; each other one by id and digests', (t) => {
  const runs = ['a', 'b', 'c'].map((id) => ({ id, weightsDigest: `${id}1` }));
  const have = (count: string): string => `weights: ${count} runs have the expected bits`;
  t.deepEqual(digestsInWords(runs, { a: 'a1', b: 'b1', c: 'c1', d: 'd1' }), {
    summary: have('3 of 3'),
    different: [],
  });
  t.deepEqual(digestsInWords(runs, { a: 'a1', b: 'x' }), {
    summary: `${have('1 of 3')}, 1 have no expected ones (other data, engine or Node)`,
    different: ['  b: digest b1, expected x: the arithmetic of this build has changed'],
  });
  t.deepEqual(digestsInWords(runs, { d: 'd1' }), { different: [] });
  t.deepEqual(digestsInWords([{ id: 'a', weightsDigest: null }], { a: 'a1' }).different.length, 1);
});
