// Tab and Shift-Tab in a notebook: a kernel of its own is asked, over the wire that Jupyter uses.
import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { decodeMessage, encodeRequest } from '../../src/notebooks/wire.js';

const { Dealer } = createRequire(import.meta.url)('zeromq') as typeof import('zeromq');

/** What Tab offers at the mark `|` of each code. `folder` is an empty one, for the sockets. */
export const completionsOf = async (folder: string, codes: readonly string[]): Promise<string[][]> =>
  (await askAll(folder, codes, 'complete')).map(({ matches }) => matches as string[]);

/** What Shift-Tab says there, as plain text; undefined where it finds nothing. */
export const inspectionsOf = async (
  folder: string,
  codes: readonly string[],
): Promise<(string | undefined)[]> =>
  (await askAll(folder, codes, 'inspect')).map(
    ({ data }) => (data as Record<string, string | undefined>)['text/plain'],
  );

/** Asks a kernel about each code at its mark `|`. */
async function askAll(
  folder: string,
  codes: readonly string[],
  question: 'complete' | 'inspect',
): Promise<Record<string, unknown>[]> {
  const ip = join(folder, 'socket');
  const key = randomUUID();
  const ports = { shell_port: 1, iopub_port: 2, control_port: 3, stdin_port: 4, hb_port: 5 };
  const file = join(folder, 'connection.json');
  writeFileSync(
    file,
    JSON.stringify({
      ...ports,
      ip,
      transport: 'ipc',
      key,
      signature_scheme: 'hmac-sha256',
      kernel_name: 'tslab',
    }),
  );
  const child = spawn(process.execPath, ['jupyter/kernel.cjs', file], {
    env: { ...process.env, NO_COLOR: '1' },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const ended = once(child, 'close');
  const shell = new Dealer({ linger: 0 });
  try {
    shell.connect(`ipc://${ip}:${ports.shell_port}`);
    const found: Record<string, unknown>[] = [];
    for (const marked of codes) {
      const cursor_pos = marked.indexOf('|');
      const code = marked.replace('|', '');
      const { frames, id } = encodeRequest(key, 'test', `${question}_request`, { code, cursor_pos });
      await shell.send(frames);
      for await (const answer of shell) {
        const message = decodeMessage(key, answer);
        if (message?.type !== `${question}_reply` || message.parentId !== id) continue;
        found.push(message.content);
        break;
      }
    }
    return found;
  } finally {
    shell.close();
    child.kill();
    await ended;
  }
}
