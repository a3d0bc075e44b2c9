// What Tab offers in a notebook: asks a kernel of its own, over the wire that Jupyter uses.
import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { decodeMessage, encodeRequest } from '../../src/notebooks/wire.js';

const { Dealer } = createRequire(import.meta.url)('zeromq') as typeof import('zeromq');

/**
 * Asks a kernel for completions of each code at its mark `|`.
 *
 * @param folder - an empty one, for the sockets
 */
export async function completionsOf(folder: string, codes: readonly string[]): Promise<string[][]> {
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
    const found: string[][] = [];
    for (const marked of codes) {
      const cursor_pos = marked.indexOf('|');
      const code = marked.replace('|', '');
      const { frames, id } = encodeRequest(key, 'test', 'complete_request', { code, cursor_pos });
      await shell.send(frames);
      for await (const answer of shell) {
        const message = decodeMessage(key, answer);
        if (message?.type !== 'complete_reply' || message.parentId !== id) continue;
        found.push((message.content as { matches: string[] }).matches);
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
