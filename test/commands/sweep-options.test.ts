import test from 'ava';
import { checkPlace, type SweepCommandOptions } from '../../src/commands/sweep-options.js';
import { SettingsError } from '../../src/errors.js';
import { temporaryFolder } from '../helpers/folder.js';
import { sgsOn } from '../helpers/sgs.js';

const given = (more: Partial<SweepCommandOptions>): SweepCommandOptions => ({
  dryRun: false,
  status: false,
  retryFailed: false,
  checkpointSeconds: 60,
  leaseSeconds: 60,
  slurm: false,
  ...more,
});

const CLUSTER: Partial<SweepCommandOptions>[] = [
  { partition: 'gpu' },
  { time: '1:00:00' },
  { gpus: 1 },
  { cpus: 2 },
  { memory: '4G' },
  { account: 'me' },
  { atMost: 3 },
  { arraySize: 500 },
  { sbatch: ['--qos=low'] },
];

test('what only a cluster can do is refused without --slurm, and taken with it', (t) => {
  for (const options of CLUSTER) {
    t.throws(() => checkPlace('sweep', given(options)), {
      instanceOf: SettingsError,
      message: /belongs to --slurm/,
    });
    t.notThrows(() => checkPlace('sweep', given({ ...options, slurm: true })));
  }
  t.throws(() => checkPlace('sweep', given({ partition: 'gpu', atMost: 3 })), {
    message: 'sweep: --partition, --at-most belong to --slurm; give that too, or leave it out',
  });
});

test('what only this machine can do is refused with --slurm, and taken without it', (t) => {
  for (const [options, message] of [
    [{ jobs: 2 }, /^sweep: --jobs is for trainings on this machine; with --slurm give --at-most instead$/],
    [{ threads: 2 }, /^sweep: --threads .* give --cpus instead$/],
  ] as const) {
    t.throws(() => checkPlace('sweep', given({ ...options, slurm: true })), {
      instanceOf: SettingsError,
      message,
    });
    t.notThrows(() => checkPlace('sweep', given(options)));
  }
});

test.serial('the command line refuses before it looks at anything else', async (t) => {
  const sgs = sgsOn(temporaryFolder(t));
  const { code, stderr } = await sgs('sweep', 'absent.json', '--partition', 'gpu');
  t.is(code, 1);
  t.regex(stderr, /--partition belongs to --slurm/);
});
