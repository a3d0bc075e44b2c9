// Kernels that die or hang.
import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import test from 'ava';
import { type Execution, Kernel } from '../../src/notebooks/kernel.js';
import { temporaryFolder } from '../helpers/folder.js';

const cwd = resolve('notebooks');

const textOf = (outputs: Execution['outputs']): string =>
  outputs.map((output) => (output.output_type === 'stream' ? output.text : '')).join('');

test.serial('Kernel: a kernel without memory left says so', async (t) => {
  const small = await Kernel.start({ cwd, environment: { NODE_OPTIONS: '--max-old-space-size=180' } });
  const { status } = await small.execute(
    'const all: number[][] = []; for (;;) all.push(new Array(100000).fill(1.5));',
  );
  t.is(status, 'died');
  t.is(small.death, 'ended with SIGABRT: out of memory');
});

test.serial('Kernel: a kernel that does not answer is started anew, and in the end given up', async (t) => {
  const folder = temporaryFolder(t);
  const [preload, marks] = [join(folder, 'hang.cjs'), join(folder, 'marks')];
  const hangs = (times: number): { cwd: string; environment: Record<string, string> } => {
    writeFileSync(marks, '');
    writeFileSync(
      preload,
      `const fs = require('node:fs');
       if (require('node:worker_threads').isMainThread && fs.readFileSync(${JSON.stringify(marks)}).length < ${times}) {
         fs.appendFileSync(${JSON.stringify(marks)}, 'x');
         Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
       }`,
    );
    return { cwd, environment: { NODE_OPTIONS: `--require=${preload}` } };
  };
  const second = await Kernel.start({ ...hangs(1), patienceSeconds: [2, 120] });
  t.is(textOf((await second.execute('console.log("here")')).outputs), 'here\n');
  await second.shutdown();
  t.is(readFileSync(marks, 'utf8'), 'x');
  await t.throwsAsync(Kernel.start({ ...hangs(9), patienceSeconds: [0.5, 0.5] }), {
    message: /the notebook kernel did not answer within 0\.5 s, at attempt 2/,
  });
});
