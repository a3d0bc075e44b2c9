// What can be told without a Slurm; the rest is in test/slurm.
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'ava';
import { DataError } from '../../src/errors.js';
import { parseAccounts, parseQueue } from '../../src/sweep/slurm/queue.js';
import { minutesOf, ranges } from '../../src/sweep/slurm/notation.js';
import { readJobs } from '../../src/sweep/slurm/submitted.js';
import { SLURM_TEMPLATE } from '../../src/sweep/slurm/template.js';
import { temporaryFolder } from '../helpers/folder.js';

test('ranges: numbers as Slurm writes them', (t) => {
  t.is(ranges([7, 0, 1, 2, 3, 9, 10]), '0-3,7,9-10');
  t.is(ranges([5]), '5');
});

test('minutesOf: every form that Slurm takes', (t) => {
  t.deepEqual(
    ['90', '90:30', '1:30:00', '2-0', '2-1:30', '1-0:0:30'].map(minutesOf),
    [90, 90.5, 90, 2880, 2970, 1440.5],
  );
  t.is(minutesOf('UNLIMITED'), Infinity);
});

test('squeue and sacct are read task by task, other jobs left out', (t) => {
  t.deepEqual(parseQueue('12|0|RUNNING|None\n12|3|PENDING|BeginTime\n13|N/A|RUNNING|None\n\n'), [
    { job: 12, task: 0, state: 'RUNNING', reason: 'None' },
    { job: 12, task: 3, state: 'PENDING', reason: 'BeginTime' },
  ]);
  t.deepEqual(parseAccounts('12_0|CANCELLED by 1000|0:15\n12_1|TIMEOUT|0:0\n12|RUNNING|0:0\n'), [
    { job: 12, task: 0, state: 'CANCELLED', reason: 'exit code 0:15' },
    { job: 12, task: 1, state: 'TIMEOUT', reason: 'exit code 0:0' },
  ]);
});

test('a damaged list of jobs is refused by name', (t) => {
  const folder = temporaryFolder(t);
  t.deepEqual(readJobs(folder), []);
  for (const [text, message] of [
    ['{', /jobs\.json: is not JSON/],
    ['[{"job": "1"}]', /jobs\.json: jobs\.0\.job/],
  ] as const) {
    writeFileSync(join(folder, 'jobs.json'), text);
    t.throws(() => readJobs(folder), { instanceOf: DataError, message });
  }
});

test('the script is sound, passes every word as it is, and its exit code is the command’s', (t) => {
  const folder = temporaryFolder(t);
  const script = join(folder, 'job.sh');
  writeFileSync(script, SLURM_TEMPLATE);
  const run = (...words: string[]): string =>
    execFileSync('bash', [script, ...words], {
      encoding: 'utf8',
      env: { ...process.env, SLURM_ARRAY_JOB_ID: '7', SLURM_ARRAY_TASK_ID: '3' },
    });
  const words = ["it's", 'a "b"', '$(false)', '*', ''];
  const program = 'console.log(JSON.stringify(process.argv.slice(1)))';
  const said = run('/the folder', '1000', process.execPath, '-e', program, ...words).split('\n');
  t.deepEqual(JSON.parse(said[1]), [...words, '/the folder/1003.json']);
  t.is(said[2], 'ended with exit code 0');
  t.deepEqual(JSON.parse(run('-', '0', process.execPath, '-e', program, 'x').split('\n')[1]), ['x']);
  const error = t.throws(() => run('-', '0', process.execPath, '-e', 'process.exit(75)')) as Error & {
    status: number;
  };
  t.is(error.status, 75);
});
