// The kernels' files, fetched as a page does, from a server that has one of two builds.
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import test from 'ava';
import { UnsupportedError } from '../../../../src/errors.js';
import { compileKernels, fetchKernels } from '../../../../src/engines/event/browser/kernel-files.js';
import { isFused } from '../../../../src/engines/event/module.js';

test('kernels are those of the file; a build that is missing or was not fetched is refused by name', async (t) => {
  const server = createServer(({ url }, response) => {
    if (url !== '/x/kernels-plain.wasm') return void response.writeHead(404).end();
    response.writeHead(200, { 'Content-Type': 'application/wasm' });
    response.end(readFileSync('dist/engines/event/kernels-plain.wasm'));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.teardown(() => server.close());
  t.throws(() => compileKernels('plain'), {
    instanceOf: UnsupportedError,
    message: /call fetchKernels first/,
  });
  const folder = new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/x/`);
  await fetchKernels(['plain', 'fma'], folder);
  t.false(isFused(compileKernels('plain')));
  t.throws(() => compileKernels('fma'), {
    instanceOf: UnsupportedError,
    message: /the fma build does not run in .*: \/x\/kernels-fma\.wasm is not there \(404\)/,
  });
});
