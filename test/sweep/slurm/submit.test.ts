// What is submitted, against a stand-in for Slurm on the path; a real one is used in test/slurm.
import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import test, { type ExecutionContext } from 'ava';
import type { SweepPlan } from '../../../src/sweep/plan.js';
import type { SweepInput } from '../../../src/sweep/spec.js';
import { submitSweep } from '../../../src/sweep/slurm/submit.js';
import { temporaryFolder } from '../../helpers/folder.js';
import { samplePlan } from '../../helpers/sweeps.js';

/**
 * Puts an `sbatch` on the path that writes down its words, each on a line.
 *
 * @param queue - what `squeue` says
 */
function standIn(t: ExecutionContext, queue = ''): { submissions: () => string[][] } {
  const folder = temporaryFolder(t);
  const log = join(folder, 'log');
  const commands = {
    sbatch: `printf '%s\\n' "$@" --- >> '${log}'; grep -c '^---$' '${log}'`,
    squeue: `echo '${queue}'`,
    sacct: 'true',
  };
  for (const [name, text] of Object.entries(commands)) {
    writeFileSync(join(folder, name), `#!/bin/sh\n${text}\n`);
    chmodSync(join(folder, name), 0o755);
  }
  const { PATH } = process.env;
  process.env.PATH = `${folder}${delimiter}${PATH}`;
  t.teardown(() => (process.env.PATH = PATH));
  return {
    submissions: () =>
      readFileSync(log, 'utf8')
        .split('---\n')
        .slice(0, -1)
        .map((words) => words.trimEnd().split('\n')),
  };
}

const submit = (plan: SweepPlan, runsFolder: string, retryFailed = false): ReturnType<typeof submitSweep> =>
  submitSweep(plan, plan.trials, {}, { runsFolder, sweepFile: 'a sweep.json', retryFailed });

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
