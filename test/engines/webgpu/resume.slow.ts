import { join } from 'node:path';
import type { RunRecord } from '../../../src/records/record.js';
import { openRuns } from '../../../src/records/folder.js';
import { temporaryFolder } from '../../helpers/folder.js';
import { testOnDriver } from '../../helpers/gpu.js';
import { checkpoints, training } from '../../helpers/killed-training.js';

const test = await testOnDriver();

/** Ten updates, a checkpoint after each. */
const WORDS = [
  ...['--engine', 'webgpu', '--data', 'shapes10', '--width', '0.0625', '--train-limit', '100'],
  ...['--test-limit', '20', '--validation', '0.1', '--batch-size', '20', '--epochs', '2'],
  ...['--checkpoint-seconds', '0'],
];

test('killed (SIGKILL) on its way, a run on the card goes on from its checkpoint and ends with the bits of one left alone', async (t) => {
  const folders = [0, 1].map(() => temporaryFolder(t));
  const leftAlone = training(folders[0], WORDS);
  const byItself = await training(folders[1], WORDS, async (child) => {
    // The folder changes when it is made, and once or twice with each checkpoint.
    await checkpoints(child, join(folders[1], 'checkpoints'), 5);
    child.kill('SIGKILL');
  });
  t.false(byItself);
  t.true(await leftAlone);
  const [left] = openRuns(folders[0]).list().records as RunRecord[];
  t.true(await training(folders[1], WORDS));
  const { records, corrupt } = openRuns(folders[1]).list();
  t.deepEqual(corrupt, []);
  const [killed] = records as RunRecord[];
  t.is(killed.resumed, 1);
  t.is(killed.weightsDigest, left.weightsDigest);
  const lines = ({ rows }: RunRecord): unknown =>
    rows.map((row) => [row.trainLoss, row.testAccuracy, row.validationLoss]);
  t.deepEqual(lines(killed), lines(left));
});
