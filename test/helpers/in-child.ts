// Code in a Node process of its own, in which the file system can be another one: functions of node:fs are replaced there.
import { spawnSync } from 'node:child_process';
import { pathToFileURL } from 'node:url';
import type { ExecutionContext } from 'ava';
import { compile } from './compile.js';

/**
 * Runs code that uses a source file as `files`, in a plain Node process started by a shell line in which `"$@"` is the
 * command. Gives what it printed; nothing where there is no such shell.
 *
 * @param source - such as `src/files/whole.ts`
 */
export function inChild(
  t: ExecutionContext,
  source: string,
  code: string,
  shell: string = '"$@"',
): string | undefined {
  if (process.platform === 'win32') {
    t.log('skipped: needs a POSIX shell');
    return undefined;
  }
  const files = pathToFileURL(compile(t, source)).href;
  const script = `import * as files from ${JSON.stringify(files)};\n${code}`;
  const node = [process.execPath, '--input-type=module', '-e', script];
  const { stdout, stderr, error } = spawnSync('sh', ['-c', shell, 'sh', ...node], {
    encoding: 'utf8',
    timeout: 30_000,
    killSignal: 'SIGKILL',
  });
  return `${stdout}${stderr}${error ? `${error.message}\n` : ''}`;
}

/** Code that prints, one a line and with paths below a folder, what changes the disk and what makes it last. */
export const loggingDisk = (folder: string): string => `
  import fs from 'node:fs';
  import { syncBuiltinESMExports } from 'node:module';
  const names = new Map();
  const short = (path) => String(path).replace(${JSON.stringify(folder)}, '').replace(/[0-9a-f]{16}/, '…') || '/';
  const say = (...words) => console.log(words.join(' '));
  const { openSync, fsyncSync, renameSync, linkSync, mkdirSync } = fs;
  fs.openSync = (path, ...rest) => { const handle = openSync(path, ...rest); names.set(handle, path); return handle; };
  fs.fsyncSync = (handle) => { say('fsync', short(names.get(handle))); fsyncSync(handle); };
  fs.renameSync = (from, to) => { say('rename', short(from), short(to)); renameSync(from, to); };
  fs.linkSync = (from, to) => { say('link', short(from), short(to)); linkSync(from, to); };
  fs.mkdirSync = (path, ...rest) => { say('mkdir', short(path)); return mkdirSync(path, ...rest); };
  syncBuiltinESMExports();
`;
