// `--slurm` of the commands that have it, against a stand-in for Slurm. Needs dist (npm run build).
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import test from 'ava';
import { presetTrials } from '../../src/studies/trials.js';
import { isFor } from '../../src/sweep/presets/presets.js';
import { temporaryFolder } from '../helpers/folder.js';
import { sgsOn } from '../helpers/sgs.js';
import { standIn } from '../helpers/slurm.js';

test.serial(
  'reproduce --slurm: submits one task a training of the preset and trains nothing here',
  async (t) => {
    const root = temporaryFolder(t);
    const runs = join(root, 'quick'); // the preset has a folder of its own
    const { submissions } = standIn(t);
    const wanted = presetTrials('quick').filter((trial) => isFor(trial, 'first-results')).length;
    const options = ['--only', 'first-results', '--engine', 'event', '--slurm', '--at-most', '3'];
    const { code, stdout, stderr } = await sgsOn(root)('reproduce', ...options);
    t.is(code, 0, stderr);
    t.is(submissions().length, 1);
    t.true(submissions()[0].includes('--job-name=quick'));
    t.regex(stdout, new RegExp(`^job 1: ${wanted} tasks?$`, 'm'));
    t.regex(stdout, /sgs reproduce --preset quick --keep makes the rest/);
    t.deepEqual(
      readdirSync(runs).filter((name) => name.endsWith('.json')),
      [],
      'no record',
    );
    t.true(readdirSync(join(runs, 'sweeps', 'quick')).includes('job.sh'));
  },
);

test.serial('reproduce: an option of a cluster without --slurm is refused by name', async (t) => {
  const { code, stderr } = await sgsOn(temporaryFolder(t))('reproduce', '--partition', 'gpu');
  t.not(code, 0);
  t.regex(stderr, /reproduce: --partition belongs to --slurm/);
});
