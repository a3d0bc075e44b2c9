import test from 'ava';
import { killWriters } from '../helpers/kill.js';

test('runs: 200 writers killed at random moments leave no record, weights or checkpoint half-written', async (t) => {
  const { kills, looks, records } = await killWriters(t, 200);
  t.true(kills >= 200 && looks === kills);
  t.true(records > 0, 'the writers did write');
  t.log(`${kills} kills, ${records} records, none damaged`);
});
