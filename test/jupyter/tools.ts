// The programs that the tests drive, as far as this machine has them. Nothing is installed here.
import { spawnSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/** A program that was found, and what it says its version is. */
export interface Tool {
  path: string;
  version: string;
}

function onPath(name: string): string | undefined {
  return (process.env.PATH ?? '')
    .split(delimiter)
    .map((folder) => join(folder, name))
    .find((path) => {
      try {
        accessSync(path, constants.X_OK);
        return true;
      } catch {
        return false;
      }
    });
}

/** What a program prints, or undefined where it does not run or fails. */
function ask(path: string, args: readonly string[]): string | undefined {
  const { status, stdout } = spawnSync(path, args, { encoding: 'utf8' });
  return status === 0 ? stdout.trim() : undefined;
}

function firstThatAnswers(paths: readonly (string | undefined)[], args: readonly string[]): Tool | undefined {
  for (const path of paths) {
    const version = path === undefined ? undefined : ask(path, args);
    if (path !== undefined && version !== undefined) return { path, version };
  }
  return undefined;
}

/** Chromium or Chrome: the program that `SGS_CHROMIUM` names, else the first of the usual names on the PATH. */
export const findChromium = (): Tool | undefined =>
  process.env.SGS_CHROMIUM
    ? firstThatAnswers([process.env.SGS_CHROMIUM], ['--version'])
    : firstThatAnswers(
        ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'].map(onPath),
        ['--version'],
      );

// Debian has the modules that make an environment in a package of their own.
const CAN_MAKE_ENVIRONMENTS =
  'import ensurepip, platform, sys, venv; assert sys.version_info >= (3, 10); print("Python", platform.python_version())';

/** A Python of version 3.10 or newer that can make virtual environments. */
export const findPython = (): Tool | undefined =>
  firstThatAnswers([onPath('python3'), '/usr/bin/python3', onPath('python')], ['-c', CAN_MAKE_ENVIRONMENTS]);

/** The classic Notebook (version 6) of Debian's package `jupyter-notebook`; never one that pip has installed. */
export function findClassicNotebook(): Tool | undefined {
  const found = firstThatAnswers(['/usr/bin/jupyter-notebook'], ['--version']);
  return found?.version.startsWith('6.') ? found : undefined;
}
