// Where a training goes on from: which checkpoint is taken, which is told of and left, which is refused.
import { readFileSync, writeFileSync } from 'node:fs';
import test from 'ava';
import { SettingsError } from '../../src/errors.js';
import { checkpointOf } from '../../src/training/resume.js';
import { sampleCheckpoint } from '../helpers/records.js';
import { withRuns } from '../helpers/runs.js';

test('checkpointOf: none, a whole one, a damaged one as none and told of, other numerics refused', (t) =>
  withRuns(async (runs) => {
    const { runId, numerics, ...rest } = sampleCheckpoint();
    const said: string[] = [];
    const find = (of = numerics) => checkpointOf(runs, runId, of, (line) => said.push(line));
    t.is(find(), undefined);
    runs.writeCheckpoint({ runId, numerics, ...rest });
    t.like(find(), { runId, epoch: 1, step: 7 });
    t.throws(() => find({ ...numerics, version: 2 }), {
      instanceOf: SettingsError,
      message: /version was 1/,
    });
    t.deepEqual(said, []);
    const file = runs.checkpointPath(runId);
    const bytes = readFileSync(file);
    bytes[bytes.length - 1] ^= 1;
    writeFileSync(file, bytes);
    t.is(find(), undefined);
    t.is(said.length, 1);
    t.regex(said[0], new RegExp(`^${runId} begins anew, its checkpoint cannot be used: .*${runId}`));
  }));
