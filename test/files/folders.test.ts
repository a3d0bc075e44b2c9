import { mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'ava';
import { DataError } from '../../src/errors.js';
import { checkWritable, makeFolder } from '../../src/files/folders.js';
import { temporaryFolder } from '../helpers/folder.js';
import { inChild, loggingDisk } from '../helpers/in-child.js';

const SOURCE = 'src/files/folders.ts';

test('makeFolder: makes a folder and those above it; one that is there is no error, a file in the way is', (t) => {
  const folder = temporaryFolder(t);
  makeFolder(join(folder, 'a', 'b', 'c'));
  makeFolder(join(folder, 'a', 'b', 'c'));
  t.true(statSync(join(folder, 'a', 'b', 'c')).isDirectory());
  writeFileSync(join(folder, 'file'), '');
  t.throws(() => makeFolder(join(folder, 'file')), { code: 'EEXIST' });
  t.throws(() => makeFolder(join(folder, 'file', 'x')), { code: 'ENOTDIR' });
});

test('makeFolder: each new folder is on the disk, by its name in the one above, before the next is made', (t) => {
  const folder = temporaryFolder(t);
  const said = inChild(
    t,
    SOURCE,
    `${loggingDisk(folder)} files.makeFolder(${JSON.stringify(join(folder, 'a', 'b'))});`,
  );
  if (said === undefined) return t.pass();
  t.deepEqual(said.trim().split('\n'), ['mkdir /a', 'fsync /', 'mkdir /a/b', 'fsync /a']);
});

test('makeFolder: where making a folder is answered with ENOENT for ever, it ends after one try', (t) => {
  const folder = temporaryFolder(t);
  const said = inChild(
    t,
    SOURCE,
    `${loggingDisk(folder)}
     fs.mkdirSync = (path) => { say('mkdir', short(path)); throw Object.assign(new Error('ENOENT: no such file'), { code: 'ENOENT', syscall: 'mkdir' }); };
     syncBuiltinESMExports();
     for (const attempt of [files.makeFolder, files.checkWritable])
       try { attempt(${JSON.stringify(join(folder, 'a', 'b', 'c'))}); } catch (error) { say(error.name, short(error.message)); }`,
  );
  if (said === undefined) return t.pass();
  t.deepEqual(said.trim().split('\n'), [
    'mkdir /a',
    'Error ENOENT: no such file',
    'mkdir /a',
    'DataError /a/b/c: cannot write it (ENOENT): the system makes nothing of this name; name another folder',
  ]);
});

test('makeFolder: below /proc, where Node tries for ever, it ends', (t) => {
  if (process.platform !== 'linux') return t.pass();
  const said = inChild(
    t,
    SOURCE,
    `try { files.makeFolder('/proc/none/runs'); } catch (error) { console.log(error.code); }`,
  );
  t.is(said, 'ENOENT\n');
});

test('checkWritable: makes the folder, leaves nothing in it and its parts, and makes no parts', (t) => {
  const folder = join(temporaryFolder(t), 'new', 'runs');
  checkWritable(folder, ['weights', 'checkpoints']);
  t.deepEqual(readdirSync(folder), []);
  mkdirSync(join(folder, 'weights'));
  checkWritable(folder, ['weights', 'checkpoints']);
  t.deepEqual(readdirSync(folder, { recursive: true }), ['weights']);
});

test('checkWritable: a file in the way, of the folder or of a part, is named', (t) => {
  const folder = temporaryFolder(t);
  writeFileSync(join(folder, 'weights'), '');
  t.throws(() => checkWritable(join(folder, 'weights')), {
    instanceOf: DataError,
    message:
      /weights: cannot write it \(EEXIST\): a file, expected a folder; move that file away or name another folder$/,
  });
  t.throws(() => checkWritable(folder, ['weights']), {
    instanceOf: DataError,
    message: /weights: cannot write it \(EEXIST\)/,
  });
  t.deepEqual(readdirSync(folder), ['weights']);
});

test('checkWritable: no permission, a read-only disk and a full one are named, and nothing is left behind', (t) => {
  const folder = temporaryFolder(t);
  const said = inChild(
    t,
    SOURCE,
    `${loggingDisk(folder)}
     const { writeFileSync } = fs;
     for (const code of ['EACCES', 'EROFS', 'ENOSPC']) {
       fs.writeFileSync = (path) => { writeFileSync(path, ''); throw Object.assign(new Error(code), { code, syscall: 'open' }); };
       syncBuiltinESMExports();
       try { files.checkWritable(${JSON.stringify(folder)}); say('writable'); } catch (error) { say(error.name, short(error.message)); }
     }`,
  );
  if (said === undefined) return t.pass();
  t.deepEqual(said.trim().split('\n'), [
    'DataError : cannot write it (EACCES): permission denied; change its permissions or name another folder',
    'DataError : cannot write it (EROFS): the disk is read-only; name another folder',
    'DataError : cannot write it (ENOSPC): the disk is full; free some space',
  ]);
  t.deepEqual(readdirSync(folder), []);
});

test('makeFolder: where a folder cannot be opened or synced, it is made all the same; another refusal is an error', (t) => {
  const folder = temporaryFolder(t);
  const said = inChild(
    t,
    SOURCE,
    `import fs from 'node:fs';
     import { syncBuiltinESMExports } from 'node:module';
     for (const call of ['openSync', 'fsyncSync'])
       for (const code of ['EISDIR', 'EPERM', 'EACCES', 'EINVAL', 'ENOTSUP', 'EIO', undefined]) {
         const real = fs[call];
         fs[call] = () => { throw Object.assign(new Error('no'), { code }); };
         syncBuiltinESMExports();
         try { files.makeFolder(${JSON.stringify(folder)} + '/' + call + code); console.log(code, 'made'); }
         catch (error) { console.log(error.code, 'refused'); }
         fs[call] = real;
       }`,
  );
  if (said === undefined) return t.pass();
  const each = ['EISDIR made', 'EPERM made', 'EACCES made', 'EINVAL made', 'ENOTSUP made'];
  const other = ['EIO refused', 'undefined refused'];
  t.deepEqual(said.trim().split('\n'), [...each, ...other, ...each, ...other]);
});
