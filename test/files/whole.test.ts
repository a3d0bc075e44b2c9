import { chmodSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { DataError } from '../../src/errors.js';
import { createExclusive, readWhole, removeFile, writeWhole } from '../../src/files/whole.js';
import { inChild, loggingDisk } from '../helpers/in-child.js';
import { temporaryFolder } from '../helpers/folder.js';

const inWhole = (t: ExecutionContext, code: string, shell?: string): string | undefined =>
  inChild(t, 'src/files/whole.ts', code, shell);

test('writeWhole: makes the folders it needs, replaces, and leaves nothing else behind', (t) => {
  const folder = temporaryFolder(t);
  const file = join(folder, 'a', 'b', 'c');
  t.true(writeWhole(file, 'β'));
  t.is(readFileSync(file, 'utf8'), 'β');
  t.true(writeWhole(file, Uint8Array.of(1, 2, 3)));
  t.deepEqual([...readFileSync(file)], [1, 2, 3]);
  t.deepEqual(readdirSync(join(folder, 'a', 'b')), ['c']);
});

test('writeWhole: with create it writes only where nothing is', (t) => {
  const folder = temporaryFolder(t);
  const file = join(folder, 'a');
  t.true(writeWhole(file, 'first', { create: true }));
  t.false(writeWhole(file, 'second', { create: true }));
  t.is(readFileSync(file, 'utf8'), 'first');
  t.deepEqual(readdirSync(folder), ['a']);
});

test('writeWhole: a folder or a file in the way is named, nothing is left behind', (t) => {
  const folder = temporaryFolder(t);
  mkdirSync(join(folder, 'folder', 'full'), { recursive: true });
  writeFileSync(join(folder, 'file'), 'kept');
  t.throws(() => writeWhole(join(folder, 'folder'), 'x'), {
    instanceOf: DataError,
    message: /folder: cannot write it \(EISDIR\): a folder, expected a file; move it away/,
  });
  t.throws(() => writeWhole(join(folder, 'file', 'x'), 'x'), {
    instanceOf: DataError,
    message: /file.x: cannot write it \((EEXIST|ENOTDIR)\): .*move that file away or name another folder/,
  });
  t.deepEqual(readdirSync(folder).sort(), ['file', 'folder']);
});

test('readWhole: absent, a folder, a device or too large is a clear error', (t) => {
  const folder = temporaryFolder(t);
  writeFileSync(join(folder, 'big'), 'abc');
  symlinkSync('/dev/null', join(folder, 'device'));
  t.deepEqual([...readWhole(join(folder, 'big'))], [97, 98, 99]);
  for (const [name, message] of [
    ['none', /none: cannot read it \(ENOENT\): there is no such file; check the name/],
    ['.', /cannot read it \(EISDIR\): a folder, expected a file/],
    ['big', /big: 3 bytes, expected at most 2; it is some other file/],
    ['device', /device: neither a file nor a folder; name a regular file/],
  ] as const)
    t.throws(() => readWhole(join(folder, name), 2), { instanceOf: DataError, message });
});

test('removeFile: what is not there is no error', (t) => {
  const folder = temporaryFolder(t);
  t.notThrows(() => removeFile(join(folder, 'none')));
  writeFileSync(join(folder, 'a'), '');
  removeFile(join(folder, 'a'));
  t.deepEqual(readdirSync(folder), []);
});

test('writeWhole: a disk that fills up half-way is an error and leaves the old content', (t) => {
  const folder = temporaryFolder(t);
  const file = join(folder, 'a');
  writeFileSync(file, 'old');
  // A limit on file size cuts writes short just as a full disk does: first fewer bytes, then an error.
  const said = inWhole(
    t,
    `process.on('SIGXFSZ', () => {});
     try { files.writeWhole(${JSON.stringify(file)}, Buffer.alloc(100_000, 65)); console.log('written'); }
     catch (error) { console.log(error.name, error.message); }`,
    'ulimit -f 16; "$@"',
  );
  if (said !== undefined)
    t.regex(said, /^DataError .*a: cannot write it \(EFBIG\): larger than the system allows/);
  t.is(readFileSync(file, 'utf8'), 'old');
  t.deepEqual(readdirSync(folder), ['a']);
});

test('readWhole, writeWhole: permission denied is named with the remedy', (t) => {
  const folder = temporaryFolder(t);
  const file = join(folder, 'secret');
  writeFileSync(file, 'x');
  chmodSync(file, 0o000);
  chmodSync(folder, 0o555);
  t.teardown(() => chmodSync(folder, 0o755));
  const said = inWhole(
    t,
    `if (process.geteuid() === 0) process.seteuid(65534); // root may do anything
     for (const attempt of [() => files.readWhole(${JSON.stringify(file)}), () => files.writeWhole(${JSON.stringify(join(folder, 'new'))}, 'x')])
       try { attempt(); console.log('done'); } catch (error) { console.log(error.name, error.message); }`,
  );
  if (said === undefined) return t.pass();
  const lines = said.trim().split('\n');
  t.regex(
    lines[0],
    /^DataError .*secret: cannot read it \(EACCES\): permission denied; change its permissions/,
  );
  t.regex(
    lines[1],
    /^DataError .*new: cannot write it \(EACCES\): permission denied; change its permissions/,
  );
});

test('createExclusive: one succeeds, whole, and leaves nothing else behind', (t) => {
  const folder = temporaryFolder(t);
  const file = join(folder, 'a', 'b');
  t.true(createExclusive(file, 'first'));
  t.false(createExclusive(file, 'second'));
  t.is(readFileSync(file, 'utf8'), 'first');
  t.deepEqual(readdirSync(join(folder, 'a')), ['b']);
});

/** Code that creates `file` in a process where the function of node:fs with this name is another one. */
const creating = (file: string, name: string, replacement: string): string =>
  `import fs from 'node:fs';
   import { syncBuiltinESMExports } from 'node:module';
   const original = fs.${name};
   fs.${name} = ${replacement};
   syncBuiltinESMExports();
   for (const content of ['first', 'second']) console.log(files.createExclusive(${JSON.stringify(file)}, content));`;

test('createExclusive: killed while it writes, it leaves nothing of that name', (t) => {
  const folder = temporaryFolder(t);
  const file = join(folder, 'a');
  const said = inWhole(t, creating(file, 'writeFileSync', `() => process.kill(process.pid, 'SIGKILL')`));
  if (said === undefined) return t.pass();
  t.notRegex(said, /true|false/);
  t.deepEqual(
    readdirSync(folder).map((name) => name.replace(/[0-9a-f]{16}/, '…')),
    ['a.….tmp'],
  );
  t.true(createExclusive(file, 'next'));
});

test('createExclusive: without links on the file system, one succeeds all the same', (t) => {
  const folder = temporaryFolder(t);
  const file = join(folder, 'a');
  const said = inWhole(
    t,
    creating(file, 'linkSync', `() => { throw Object.assign(new Error('no links'), { code: 'ENOTSUP' }); }`),
  );
  if (said === undefined) return t.pass();
  t.is(said, 'true\nfalse\n');
  t.is(readFileSync(file, 'utf8'), 'first');
  t.deepEqual(readdirSync(folder), ['a']);
});

test('createExclusive: every answer of a system without links is one; another is an error', (t) => {
  const folder = temporaryFolder(t);
  const said = inWhole(
    t,
    `import fs from 'node:fs';
     import { syncBuiltinESMExports } from 'node:module';
     for (const code of ['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK', 'EIO', undefined]) {
       fs.linkSync = () => { throw Object.assign(new Error('no links'), { code, syscall: 'link' }); };
       syncBuiltinESMExports();
       try { console.log(code, files.createExclusive(${JSON.stringify(folder)} + '/' + code, 'x')); }
       catch (error) { console.log(code, error.name); }
     }`,
  );
  if (said === undefined) return t.pass();
  t.deepEqual(said.trim().split('\n'), [
    ...['EPERM true', 'ENOTSUP true', 'EOPNOTSUPP true', 'ENOSYS true', 'EMLINK true'],
    ...['EIO DataError', 'undefined Error'],
  ]);
});

test('createExclusive: a link whose answer was lost and which is found the second time is its own', (t) => {
  const folder = temporaryFolder(t);
  const file = join(folder, 'a');
  const said = inWhole(
    t,
    creating(file, 'linkSync', `(...names) => { original(...names); original(...names); }`),
  );
  if (said === undefined) return t.pass();
  t.is(said, 'true\nfalse\n');
  t.is(readFileSync(file, 'utf8'), 'first');
});

test('writeWhole: content and folders are on the disk before the name is, the name before it returns; the guard last of all', (t) => {
  const folder = temporaryFolder(t);
  const file = join(folder, 'a', 'b', 'c');
  const said = inWhole(
    t,
    `${loggingDisk(folder)}
     files.writeWhole(${JSON.stringify(file)}, 'first', { guard: () => say('guard') });
     say('written');
     files.writeWhole(${JSON.stringify(file)}, 'second', { create: true });`,
  );
  if (said === undefined) return t.pass();
  t.deepEqual(said.trim().split('\n'), [
    ...['mkdir /a', 'fsync /', 'mkdir /a/b', 'fsync /a'],
    ...['fsync /a/b/c.….tmp', 'guard', 'rename /a/b/c.….tmp /a/b/c', 'fsync /a/b'],
    'written',
    ...['fsync /a/b/c.….tmp', 'link /a/b/c.….tmp /a/b/c', 'fsync /a/b'],
  ]);
});

test('createExclusive: the content is on the disk before the name is, the name before it returns', (t) => {
  const folder = temporaryFolder(t);
  const said = inWhole(
    t,
    `${loggingDisk(folder)}
     files.createExclusive(${JSON.stringify(join(folder, 'a'))}, 'first');`,
  );
  if (said === undefined) return t.pass();
  t.deepEqual(said.trim().split('\n'), ['fsync /a.….tmp', 'link /a.….tmp /a', 'fsync /']);
});

test('writeWhole: a guard that refuses leaves the old content, and nothing beside it', (t) => {
  const folder = temporaryFolder(t);
  const file = join(folder, 'a');
  writeWhole(file, 'old');
  const guard = (): void => {
    t.is(readdirSync(folder).length, 2, 'all is on the disk and only the name is missing');
    throw new Error('the lease is lost');
  };
  for (const create of [false, true])
    t.throws(() => writeWhole(file, 'new', { guard, create }), { message: 'the lease is lost' });
  t.is(readFileSync(file, 'utf8'), 'old');
  t.deepEqual(readdirSync(folder), ['a']);
});
