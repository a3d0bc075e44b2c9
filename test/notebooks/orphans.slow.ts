// Runners of notebooks that are killed: no kernel goes on, and their temporary folders go with the next one. Needs dist
// (npm run build) and /proc.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import test from 'ava';
import { Kernel } from '../../src/notebooks/kernel.js';
import { createNotebook, formatNotebook } from '../../src/notebooks/nbformat.js';
import { packageRoot } from '../../src/paths.js';
import { stream } from '../../src/random.js';
import { temporaryFolder } from '../helpers/folder.js';

const KILLS = 10;
/** A cell that never gives the event loop a turn, one that waits, a process that a cell has started. */
const CELLS = [
  `require('node:child_process').spawn('sleep', ['1000'], { stdio: 'ignore' });
   for (const end = Date.now() + 2000; Date.now() < end;);`,
  `await new Promise((resolve) => setTimeout(resolve, 2000));`,
  `for (;;) {}`,
];

/** Command lines of the processes whose environment names a folder. */
function processesOf(folder: string): string[] {
  return readdirSync('/proc').flatMap((pid) => {
    try {
      if (!/^\d+$/.test(pid) || !readFileSync(`/proc/${pid}/environ`, 'utf8').includes(folder)) return [];
      return [readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')].filter(Boolean);
    } catch {
      return []; // it has ended, or is another user's
    }
  });
}

async function until(holds: () => boolean, seconds: number): Promise<boolean> {
  for (const deadline = Date.now() + 1000 * seconds; !holds(); await sleep(50))
    if (Date.now() > deadline) return false;
  return true;
}

test(`a runner killed ${KILLS} times leaves no kernel, and its folders go with the next`, async (t) => {
  const folder = temporaryFolder(t);
  const temporary = join(folder, 't');
  mkdirSync(temporary);
  const notebook = join(folder, 'a.ipynb');
  writeFileSync(notebook, formatNotebook(createNotebook(CELLS.map((code) => ({ code })))));
  const random = stream(1, 'probe', 'kill');
  for (let kill = 1; kill <= KILLS; kill++) {
    const runner = spawn(
      process.execPath,
      [join(packageRoot(), 'scripts', 'sgs.mjs'), 'notebooks', 'run', notebook, '--no-save'],
      { stdio: 'ignore', env: { ...process.env, TMPDIR: temporary } },
    );
    const ended = once(runner, 'exit');
    const kernelRuns = (): boolean => processesOf(temporary).some((line) => line.includes('kernel.cjs'));
    t.true(await until(kernelRuns, 60), `kernel ${kill} was started`);
    await sleep(9000 * random.uniform()); // from its first moment to the endless cell
    runner.kill('SIGKILL');
    t.deepEqual(await ended, [null, 'SIGKILL'], `runner ${kill} was at work`);
    t.true(
      await until(() => processesOf(temporary).length === 0, 20),
      `after kill ${kill}: ${processesOf(temporary).join('; ')}`,
    );
    t.is(readdirSync(temporary).length, 1, 'the folder of the last one; those before are gone');
  }
  const { TMPDIR } = process.env;
  process.env.TMPDIR = temporary;
  try {
    await (await Kernel.start({ cwd: folder })).shutdown();
  } finally {
    if (TMPDIR === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = TMPDIR;
  }
  t.deepEqual(readdirSync(temporary), []);
});
