// What is submitted, against a stand-in for Slurm on the path; a real one is used in test/slurm.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'ava';
import type { SweepPlan } from '../../../src/sweep/plan.js';
import type { SweepInput } from '../../../src/sweep/spec.js';
import { SettingsError, UnsupportedError } from '../../../src/errors.js';
import { arraySizeIn } from '../../../src/sweep/slurm/array-size.js';
import type { SlurmOptions } from '../../../src/sweep/slurm/sbatch.js';
import { submitSweep } from '../../../src/sweep/slurm/submit.js';
import { readJobs, sweepFolder } from '../../../src/sweep/slurm/submitted.js';
import { temporaryFolder } from '../../helpers/folder.js';
import { standIn } from '../../helpers/slurm.js';
import { samplePlan } from '../../helpers/sweeps.js';

const submit = (
  plan: SweepPlan,
  runsFolder: string,
  retryFailed = false,
  options: SlurmOptions = {},
): ReturnType<typeof submitSweep> =>
  submitSweep(plan, plan.trials, options, { runsFolder, sweepFile: 'a sweep.json', retryFailed });

/** The trials that the tasks of a submission will read when they begin. */
function trialsOf(words: string[]): unknown[] {
  const script = words.findIndex((word) => word.endsWith('job.sh'));
  const [folder, offset] = words.slice(script + 1);
  const files = Array.from({ length: 3 }, (_, i) => join(folder, `${Number(offset) + i}.json`));
  return files
    .filter((file) => existsSync(file))
    .map((file) => JSON.parse(readFileSync(file, 'utf8')) as unknown);
}

const written = ({ trials }: SweepPlan): unknown[] =>
  trials.map(({ experiment, evaluations }) => ({ experiment, evaluations }));

test.serial('what waits in the queue is not changed by another sweep of the same name', async (t) => {
  const { submissions } = standIn(t);
  const runs = temporaryFolder(t);
  const first: SweepInput = { axes: { 'neuron.delta': [0, 0.5] } };
  const plans = [
    first,
    { axes: { 'lipschitz.beta': [0.1, 0.2] } },
    { ...first, evaluations: [{ kind: 'energy' as const }] },
  ].map(samplePlan);
  for (const plan of plans) await submit(plan, runs);
  await submit(plans[0], runs);
  const read = submissions().map(trialsOf);
  t.deepEqual(read, [...plans, plans[0]].map(written));
});

test.serial('halving is not kept from its workers by what else waits under its name', async (t) => {
  const { submissions } = standIn(t, '1|0|PENDING|Resources\n2|0|PENDING|Resources');
  const runs = temporaryFolder(t);
  const halving = samplePlan({
    base: { epochs: 2 },
    axes: { 'neuron.delta': [0, 0.5] },
    search: { kind: 'halving', rungs: [1] },
  });
  await submit(samplePlan({ axes: { 'lipschitz.beta': [0.1, 0.2] } }), runs);
  t.is((await submit(halving, runs)).jobs.length, 1);
  t.is((await submit(halving, runs)).jobs.length, 0, 'its own workers wait');
  t.is(submissions().length, 2);
});

test.serial('workers of halving try again what failed where that is asked', async (t) => {
  const { submissions } = standIn(t);
  const plan = samplePlan({
    base: { epochs: 2 },
    axes: { 'neuron.delta': [0, 0.5] },
    search: { kind: 'halving', rungs: [1] },
  });
  await submit(plan, temporaryFolder(t));
  await submit(plan, temporaryFolder(t), true);
  t.deepEqual(
    submissions().map((words) => words.includes('--retry-failed')),
    [false, true],
  );
  t.deepEqual(
    submissions().map((words) => words.slice(words.indexOf('sweep')).slice(0, 4)),
    Array.from({ length: 2 }, () => ['sweep', 'a sweep.json', '--jobs', '1']),
  );
});

const ten = samplePlan({ axes: { 'neuron.delta': Array.from({ length: 10 }, (_, i) => i / 10) } });
/** The words of a submission that limit it. */
const limits = (words: string[]): string[] => words.filter((word) => /^--(array|dependency)=/.test(word));

test.serial(
  'arrays are as long as the cluster says; with --at-most each waits for those before it: N in total',
  async (t) => {
    const { submissions } = standIn(t, '', { config: 'MaxArraySize            = 4' });
    const { jobs } = await submit(ten, temporaryFolder(t), false, { atMost: 2 });
    t.deepEqual(submissions().map(limits), [
      ['--array=0-3%2'],
      ['--array=0-3%2', '--dependency=afterany:1'],
      ['--array=0-1%2', '--dependency=afterany:2'],
    ]);
    t.deepEqual(
      jobs.flatMap(({ tasks }) => Object.values(tasks)),
      ten.trials.map(({ id }) => id),
    );
    t.deepEqual(
      submissions().flatMap(trialsOf),
      written(ten).filter((_, i) => i % 4 !== 3),
      'the first three of each',
    );
  },
);

test.serial(
  'without --at-most arrays run beside each other; --array-size is believed in place of the cluster',
  async (t) => {
    const { submissions } = standIn(t, '', { config: 'MaxArraySize = 4' });
    await submit(ten, temporaryFolder(t), false, { arraySize: 6 });
    t.deepEqual(submissions().map(limits), [['--array=0-5'], ['--array=0-3']]);
  },
);

test.serial('what is submitted later waits for what runs of the sweep: N in total still', async (t) => {
  const { submissions } = standIn(t, '1|0|RUNNING|None\n1|2|PENDING|JobArrayTaskLimit\n7|0|RUNNING|None');
  const runs = temporaryFolder(t);
  await submit(ten, runs, false, { atMost: 2 });
  const { already } = await submit(ten, runs, false, { atMost: 2 });
  t.is(already, 2);
  t.deepEqual(submissions().map(limits), [['--array=0-9%2'], ['--array=1,3-9%2', '--dependency=afterany:1']]);
  await t.throwsAsync(() => submit(ten, runs, false, { atMost: 2, more: ['--dependency=singleton'] }), {
    instanceOf: SettingsError,
    message: /--at-most 2: this array has to wait for 1, and --sbatch names another dependency/,
  });
});

test.serial(
  'where a later array is refused, the error says which jobs stand, and how to go on and to take them back',
  async (t) => {
    const { submissions } = standIn(t, '', { config: 'MaxArraySize = 4', refused: 3 });
    const runs = temporaryFolder(t);
    await t.throwsAsync(() => submit(ten, runs), {
      instanceOf: UnsupportedError,
      message:
        /^sbatch: .*Job violates accounting policy\n8 of 10 trials were submitted before that and stand, as jobs 1, 2: the same command submits the rest .*`scancel 1 2` takes them back$/,
    });
    t.deepEqual(
      readJobs(sweepFolder(runs, ten)).map(({ job }) => job),
      [1, 2],
    );
    t.is(submissions().length, 3);
    const first = standIn(t, '', { refused: 1 });
    await t.throwsAsync(() => submit(ten, temporaryFolder(t)), { message: /accounting policy$/ });
    t.is(first.submissions().length, 1);
  },
);

test.serial('halving has no more workers than an array may have', async (t) => {
  const { submissions } = standIn(t, '', { config: 'MaxArraySize = 2' });
  const axes = { 'neuron.delta': [0, 0.5, 1] };
  await submit(
    samplePlan({ base: { epochs: 2 }, axes, search: { kind: 'halving', rungs: [1] } }),
    temporaryFolder(t),
  );
  t.deepEqual(submissions().map(limits), [['--array=0-1']]);
});

test.serial('a cluster without arrays is told by name', async (t) => {
  standIn(t, '', { config: 'MaxArraySize = 0' });
  await t.throwsAsync(() => submit(ten, temporaryFolder(t)), {
    instanceOf: UnsupportedError,
    message: /takes no array jobs/,
  });
});

test('arraySizeIn: MaxArraySize, less where max_array_tasks says so; 1001 where nothing is said', (t) => {
  t.is(arraySizeIn('MailProg = /bin/mail\nMaxArraySize            = 2001\nMaxDBDMsgs = 1'), 2001);
  t.is(arraySizeIn('MaxArraySize = 2001\nSchedulerParameters = bf_interval=2,max_array_tasks=500,x'), 500);
  t.is(arraySizeIn(''), 1001);
});
