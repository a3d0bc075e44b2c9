import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import test from 'ava';
import { fetchFile } from '../../../src/data/download/fetch-file.js';
import { DataError, SettingsError } from '../../../src/errors.js';
import { md5 } from '../../helpers/archives.js';
import { fileServer, nobody } from '../../helpers/file-server.js';
import { temporaryFolder } from '../../helpers/folder.js';

const content = Buffer.from(Uint8Array.from({ length: 300_000 }, (_, i) => (i * i) % 251));
const whole = { md5: md5(content), bytes: content.length };

test('a whole file arrives, with progress from 0 to its length, and nothing else is left', async (t) => {
  const server = await fileServer(t, { files: { data: content } });
  const folder = temporaryFolder(t);
  const seen: number[] = [];
  await fetchFile(`${server.url}/data`, join(folder, 'data'), {
    ...whole,
    onProgress(received, total) {
      seen.push(received);
      t.is(total, content.length);
    },
  });
  t.true(readFileSync(join(folder, 'data')).equals(content));
  t.deepEqual(readdirSync(folder), ['data']);
  t.is(seen[0], 0);
  t.is(seen.at(-1), content.length);
  t.deepEqual(
    seen,
    [...seen].sort((a, b) => a - b),
  );
});

test('a cut connection is taken up again at once, each time where it stopped', async (t) => {
  const server = await fileServer(t, { files: { data: content }, cutAfter: 100_000, cuts: 2, etag: '"v1"' });
  const file = join(temporaryFolder(t), 'data');
  await fetchFile(`${server.url}/data`, file, whole);
  t.true(readFileSync(file).equals(content));
  // The last bytes before a cut may not have been read yet; they are asked for again.
  const starts = server.requests.map((request) => Number(/(\d+)-$/.exec(request)?.[1] ?? 0));
  t.is(starts.length, 3);
  t.true(starts[0] === 0 && starts[1] > 0 && starts[2] > starts[1] && starts[2] <= 200_000, `${starts}`);
});

test('a download that stays cut says so and keeps what came; the next call continues', async (t) => {
  const server = await fileServer(t, { files: { data: content }, ranges: false, cutAfter: 100_000 });
  const file = join(temporaryFolder(t), 'data');
  await t.throwsAsync(fetchFile(`${server.url}/data`, file, whole), {
    instanceOf: DataError,
    message:
      /\/data: the connection was cut .*, after \d+ bytes of 300000; run the same command again: it continues/,
  });
  t.false(existsSync(file));
  const received = readFileSync(`${file}.part`).length;
  t.true(received > 0 && received <= 100_000, `${received} bytes were kept`);
  server.behaviour = { files: { data: content } };
  await fetchFile(`${server.url}/data`, file, whole);
  t.true(readFileSync(file).equals(content));
  t.is(server.requests.at(-1), `data bytes=${received}-`);
});

test('a server without ranges sends everything again, and the file is right', async (t) => {
  const server = await fileServer(t, { files: { data: content }, ranges: false });
  const file = join(temporaryFolder(t), 'data');
  writeFileSync(`${file}.part`, content.subarray(0, 5000));
  await fetchFile(`${server.url}/data`, file, whole);
  t.true(readFileSync(file).equals(content));
});

test('a file that changed on the server (another ETag) is fetched anew, not glued to the old part', async (t) => {
  const server = await fileServer(t, { files: { data: content }, etag: '"v2"' });
  const file = join(temporaryFolder(t), 'data');
  writeFileSync(`${file}.part`, Buffer.alloc(5000, 1));
  writeFileSync(`${file}.part.etag`, '"v1"');
  await fetchFile(`${server.url}/data`, file, whole);
  t.true(readFileSync(file).equals(content));
  t.deepEqual(server.requests, ['data bytes=5000-']);
});

test('a part that is longer than the file, or complete, is dealt with', async (t) => {
  const server = await fileServer(t, { files: { data: content } });
  const file = join(temporaryFolder(t), 'data');
  writeFileSync(`${file}.part`, Buffer.concat([content, content]));
  await fetchFile(`${server.url}/data`, file, whole);
  t.true(readFileSync(file).equals(content));
  const other = join(temporaryFolder(t), 'data');
  writeFileSync(`${other}.part`, content);
  await fetchFile(`${server.url}/data`, other, whole);
  t.deepEqual(server.requests, ['data bytes=600000-', 'data whole'], 'a complete part needs no request');
});

test('a wrong MD5 is refused with both sums, and nothing is kept', async (t) => {
  const damaged = Buffer.from(content);
  damaged[77] ^= 1;
  const server = await fileServer(t, { files: { data: damaged } });
  const folder = temporaryFolder(t);
  await t.throwsAsync(fetchFile(`${server.url}/data`, join(folder, 'data'), whole), {
    instanceOf: DataError,
    message: new RegExp(
      `expected MD5 ${whole.md5}, found ${md5(damaged)}; run the same command again.*--source`,
    ),
  });
  t.deepEqual(readdirSync(folder), []);
});

test('a wrong length is refused before anything is received', async (t) => {
  const server = await fileServer(t, { files: { data: content.subarray(0, 1000) } });
  const folder = temporaryFolder(t);
  await t.throwsAsync(fetchFile(`${server.url}/data`, join(folder, 'data'), whole), {
    instanceOf: DataError,
    message: /expected a file of 300000 bytes, the server announces 1000; this is not the published file/,
  });
  t.deepEqual(readdirSync(folder), []);
});

test('a server that claims more than it sends is a cut connection', async (t) => {
  const server = await fileServer(t, { files: { data: content }, claims: 300_001, cutAfter: 300_000 });
  const file = join(temporaryFolder(t), 'data');
  await t.throwsAsync(fetchFile(`${server.url}/data`, file, { md5: whole.md5 }), {
    instanceOf: DataError,
    message: /cut|early/,
  });
  t.false(existsSync(file));
});

test('a server that continues at another byte is not believed', async (t) => {
  const server = await fileServer(t, { files: { data: content }, rangeShift: 10 });
  const file = join(temporaryFolder(t), 'data');
  writeFileSync(`${file}.part`, content.subarray(0, 5000));
  await t.throwsAsync(fetchFile(`${server.url}/data`, file, whole), {
    instanceOf: DataError,
    message: /the server continued at another byte \(bytes 4990-299999\/300000, not 5000\)/,
  });
});

test('a body labelled as gzip is stored as it is', async (t) => {
  const archive = gzipSync(content);
  const server = await fileServer(t, { files: { data: archive }, encoding: 'x-gzip' });
  const file = join(temporaryFolder(t), 'data');
  await fetchFile(`${server.url}/data`, file, { md5: md5(archive) });
  t.true(readFileSync(file).equals(archive));
});

test('redirects are followed, relative ones too, but not for ever', async (t) => {
  const server = await fileServer(t, {
    files: { data: content },
    redirects: { a: 'b', b: '/data', c: '/c' },
  });
  const file = join(temporaryFolder(t), 'data');
  await fetchFile(`${server.url}/a`, file, whole);
  t.true(readFileSync(file).equals(content));
  await t.throwsAsync(fetchFile(`${server.url}/c`, `${file}2`, whole), {
    instanceOf: DataError,
    message: /more than 5 redirects/,
  });
  server.behaviour.redirects = { d: 'file:///data' };
  await t.throwsAsync(fetchFile(`${server.url}/d`, `${file}2`, whole), {
    instanceOf: SettingsError,
    message: /not an http or https address: file:/,
  });
});

test('404 and nobody listening are told apart, and both say where to put the file by hand', async (t) => {
  const server = await fileServer(t, { files: {} });
  const file = join(temporaryFolder(t), 'data.zip');
  await t.throwsAsync(fetchFile(`${server.url}/data`, file, whole), {
    instanceOf: DataError,
    message:
      /the server answered 404 Not Found; .*put it there as .*data\.zip, or name a mirror with --source/,
  });
  await t.throwsAsync(fetchFile(`${await nobody()}/data`, file, whole), {
    instanceOf: DataError,
    message: /could not reach 127\.0\.0\.1:\d+ \(ECONNREFUSED\); go online, or .*put it there as .*data\.zip/,
  });
});

test('silence counts as a cut connection', async (t) => {
  const server = await fileServer(t, { files: { data: content }, stallAfter: 1000, ranges: false });
  const file = join(temporaryFolder(t), 'data');
  const fetched = (): Promise<unknown> =>
    fetchFile(`${server.url}/data`, file, { ...whole, idle: 2000 }).catch((error: unknown) => error);
  let error = await fetched();
  // On a loaded machine the server, which is this very process, may take so long to answer at all.
  while (/could not reach .*nothing came for 2 s/.test(String(error))) error = await fetched();
  t.true(error instanceof DataError);
  t.regex(String(error), /nothing came for 2 s\), after \d+ bytes of 300000/);
});

test('an abort stops at once with its reason and keeps what came', async (t) => {
  const server = await fileServer(t, { files: { data: content }, stallAfter: 70_000 });
  const file = join(temporaryFolder(t), 'data');
  const stop = new AbortController();
  const reason = new Error('stopped by the test');
  const running = fetchFile(`${server.url}/data`, file, {
    ...whole,
    signal: stop.signal,
    onProgress: (received) => received >= 70_000 && stop.abort(reason),
  });
  t.is(await t.throwsAsync(running), reason);
  t.is(readFileSync(`${file}.part`).length, 70_000);
  await t.throwsAsync(fetchFile(`${server.url}/data`, file, { ...whole, signal: stop.signal }), {
    is: reason,
  });
});

test('a place that cannot be written is named', async (t) => {
  const server = await fileServer(t, { files: { data: content } });
  await t.throwsAsync(fetchFile(`${server.url}/data`, join(temporaryFolder(t), 'no', 'data'), whole), {
    instanceOf: DataError,
    message: /no.data\.part: cannot be written \(ENOENT\)/,
  });
});
