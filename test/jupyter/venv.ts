// The virtual environment with JupyterLab: made once, in an ignored folder, and used again while what it holds fits.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { packageRoot } from '../../src/paths.js';

const REQUIREMENTS = fileURLToPath(new URL('requirements.txt', import.meta.url));

/** Where the environment is. */
export const venvFolder = (): string => join(packageRoot(), '.venv', 'jupyter');

/** A program of the environment. */
export const venvProgram = (name: string): string => join(venvFolder(), 'bin', name);

/** What was installed last, written when the installation was through. */
const installedFile = (): string => join(venvFolder(), 'installed.txt');

/** Whether the environment is there, whole, and holds what requirements.txt asks for. */
export function venvIsReady(): boolean {
  return (
    existsSync(installedFile()) &&
    readFileSync(installedFile(), 'utf8') === readFileSync(REQUIREMENTS, 'utf8') &&
    spawnSync(venvProgram('jupyter-lab'), ['--version']).status === 0
  );
}

/** How the installation ended: `unreachable` when no package index answered. */
export type Installation = { status: 'ready' } | { status: 'unreachable' | 'failed'; said: string };

/** pip's words where no index answers; one that answers but lacks the version lists those it has. */
const UNREACHABLE = /from versions: none/;
const TAIL = 1500;

/** Makes the environment anew with a Python; takes about a minute. */
export function makeVenv(python: string): Installation {
  rmSync(venvFolder(), { recursive: true, force: true });
  const steps: [string, string[]][] = [
    [python, ['-m', 'venv', venvFolder()]],
    [
      venvProgram('python'),
      ['-m', 'pip', 'install', '--disable-pip-version-check', '--quiet', '-r', REQUIREMENTS],
    ],
  ];
  for (const [program, args] of steps) {
    const { status, stdout, stderr, error } = spawnSync(program, args, { encoding: 'utf8' });
    if (status === 0) continue;
    const said = error?.message ?? `${stdout}${stderr}`;
    return { status: UNREACHABLE.test(said) ? 'unreachable' : 'failed', said: said.trim().slice(-TAIL) };
  }
  writeFileSync(installedFile(), readFileSync(REQUIREMENTS));
  return { status: 'ready' };
}
