// The kernel's sockets in this process, many times: what happens in one start of a hundred.
import { randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import test from 'ava';
import { encodeRequest } from '../../src/notebooks/wire.js';
import { temporaryFolder } from '../helpers/folder.js';

const require = createRequire(resolve('package.json'));
(require('./jupyter/sockets.cjs') as { install(): void }).install();
const { ZmqServer } = require('tslab/dist/jupyter.js') as {
  ZmqServer: new (handler: object, file: string) => { init(): Promise<void>; close(): void };
};
const { Dealer } = require('zeromq') as typeof import('zeromq');

test('sockets: a kernel that is asked while its sockets bind answers, 200 times of 200', async (t) => {
  const folder = temporaryFolder(t);
  const handler = { handleKernel: () => ({ status: 'ok' }), close: () => undefined };
  const key = randomUUID();
  for (let i = 0; i < 200; i++) {
    const ip = join(folder, String(i));
    const ports = { shell_port: 1, iopub_port: 2, control_port: 3, stdin_port: 4, hb_port: 5 };
    const file = `${ip}.json`;
    writeFileSync(
      file,
      JSON.stringify({ ...ports, ip, key, transport: 'ipc', signature_scheme: 'hmac-sha256' }),
    );
    const server = new ZmqServer(handler, file);
    const client = new Dealer({ linger: 0, reconnectInterval: 1, receiveTimeout: 20_000 });
    const ask = (): Promise<void> =>
      client.send(encodeRequest(key, 'test', 'kernel_info_request', {}).frames);
    const bound = server.init();
    client.connect(`ipc://${ip}:1`);
    await ask();
    await ask();
    await t.notThrowsAsync(client.receive(), `first answer, start ${i}`);
    await t.notThrowsAsync(client.receive(), `second answer, start ${i}`);
    await bound;
    client.close();
    server.close();
  }
});
