import test from 'ava';
import { headerOf } from '../../src/records/header.js';
import { sampleEvaluation, sampleRun } from '../helpers/records.js';

test('headerOf: everything but the long lists', (t) => {
  const run = sampleRun();
  t.deepEqual(
    Object.keys(run).filter((name) => !Object.hasOwn(headerOf(run), name)),
    ['rows', 'spikeRates'],
  );
  const { results, ...rest } = sampleEvaluation();
  t.deepEqual(headerOf(sampleEvaluation()), { ...rest, resultRows: results.length });
});
