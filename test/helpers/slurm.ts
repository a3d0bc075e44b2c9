// A stand-in for Slurm on the path.
import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import type { ExecutionContext } from 'ava';
import { temporaryFolder } from './folder.js';

/**
 * Puts an `sbatch` on the path that writes down its words, each on a line, and numbers the jobs from 1.
 *
 * @param queue - what `squeue` says
 * @param cluster - what `scontrol show config` says; the job that `sbatch` refuses, as full clusters do
 */
export function standIn(
  t: ExecutionContext,
  queue = '',
  { config = '', refused = 0 } = {},
): { submissions: () => string[][] } {
  const folder = temporaryFolder(t);
  const log = join(folder, 'log');
  const commands = {
    sbatch: `printf '%s\\n' "$@" --- >> '${log}'; n=$(grep -c '^---$' '${log}')
if [ "$n" -eq ${refused} ]; then echo 'sbatch: error: Batch job submission failed: Job violates accounting policy' >&2; exit 1; fi
echo "$n"`,
    scontrol: `echo '${config}'`,
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
