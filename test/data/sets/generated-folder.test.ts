// Folders of generated files: whole and unaltered, or made anew.
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { DataError } from '../../../src/errors.js';
import { ensureFolder, type Recipe } from '../../../src/data/sets/generated-folder.js';
import { temporaryFolder } from '../../helpers/folder.js';

const recipe = (more: Partial<Recipe> = {}): Recipe => ({
  folders: ['a', 'b'],
  owns: (path) => /^[ab]\/\d$/.test(path),
  description: { set: 'test', seed: 0 },
  count: 4,
  files: () => ['a/0', 'a/1', 'b/0', 'b/1'].map((path, i) => ({ path, bytes: Uint8Array.of(i, 2, 3) })),
  ...more,
});
const contents = (folder: string): string[] =>
  ['a', 'b'].flatMap((name) =>
    readdirSync(join(folder, name)).map(
      (file) => `${name}/${file} ${[...readFileSync(join(folder, name, file))]}`,
    ),
  );
const WHOLE = ['a/0 0,2,3', 'a/1 1,2,3', 'b/0 2,2,3', 'b/1 3,2,3'];
/** A made folder in a folder of its own. */
async function made(t: ExecutionContext): Promise<string> {
  const folder = join(temporaryFolder(t), 'set');
  await ensureFolder(folder, recipe());
  return folder;
}

test('ensureFolder: makes the files once, with progress, and leaves nothing else', async (t) => {
  const parent = temporaryFolder(t);
  const folder = join(parent, 'deep', 'set');
  const progress: string[] = [];
  const onProgress = (done: number, total: number): void => void progress.push(`${done}/${total}`);
  t.true(await ensureFolder(folder, recipe(), { onProgress }));
  t.false(await ensureFolder(folder, recipe(), { onProgress }));
  t.deepEqual(progress, ['1/4', '2/4', '3/4', '4/4']);
  t.deepEqual(contents(folder), WHOLE);
  t.deepEqual(readdirSync(join(parent, 'deep')), ['set']);
});

test('ensureFolder: a folder altered in any way is made anew', async (t) => {
  const alterations: [string, (folder: string) => void][] = [
    ['a byte', (folder) => writeFileSync(join(folder, 'a/1'), Uint8Array.of(9, 2, 3))],
    ['a file cut', (folder) => writeFileSync(join(folder, 'b/0'), '')],
    ['a file less', (folder) => rmSync(join(folder, 'b/1'))],
    ['a file more', (folder) => writeFileSync(join(folder, 'a/2'), 'x')],
    [
      'a file renamed',
      (folder) => {
        rmSync(join(folder, 'a/0'));
        writeFileSync(join(folder, 'a/7'), Uint8Array.of(0, 2, 3));
      },
    ],
    ['a folder less', (folder) => rmSync(join(folder, 'a'), { recursive: true })],
    ['no manifest', (folder) => rmSync(join(folder, 'manifest.json'))],
    ['a manifest cut', (folder) => writeFileSync(join(folder, 'manifest.json'), '{"description":')],
    ['a manifest of nothing', (folder) => writeFileSync(join(folder, 'manifest.json'), 'null')],
  ];
  for (const [what, alter] of alterations) {
    const folder = await made(t);
    alter(folder);
    t.true(await ensureFolder(folder, recipe()), what);
    t.deepEqual(contents(folder), WHOLE, what);
    t.false(await ensureFolder(folder, recipe()), what);
  }
});

test('ensureFolder: another description makes it anew', async (t) => {
  const folder = await made(t);
  t.true(await ensureFolder(folder, recipe({ description: { set: 'test', seed: 1 } })));
});

test('ensureFolder: a stop or a failure leaves the old folder and no temporary one', async (t) => {
  const folder = await made(t);
  const other = recipe({
    description: 'other',
    files: () => [
      { path: 'a/0', bytes: Uint8Array.of(5) },
      { path: 'no/0', bytes: Uint8Array.of(5) },
    ],
  });
  await t.throwsAsync(ensureFolder(folder, other), {
    instanceOf: DataError,
    message: /cannot write it \(ENOENT\)/,
  });
  const stopped = new Error('stopped');
  const error = await t.throwsAsync(ensureFolder(folder, other, { signal: AbortSignal.abort(stopped) }));
  t.is(error, stopped);
  t.deepEqual(contents(folder), WHOLE);
  t.deepEqual(readdirSync(join(folder, '..')), ['set']);
  t.false(await ensureFolder(folder, recipe()));
});

test('ensureFolder: two at the same time leave one whole folder', async (t) => {
  const folder = join(temporaryFolder(t), 'set');
  await Promise.all([1, 2, 3].map(() => ensureFolder(folder, recipe())));
  t.deepEqual(contents(folder), WHOLE);
  t.deepEqual(readdirSync(join(folder, '..')), ['set']);
});

test("ensureFolder: someone else's files are not replaced", async (t) => {
  const parent = temporaryFolder(t);
  mkdirSync(join(parent, 'a'));
  writeFileSync(join(parent, 'thesis.tex'), 'x');
  await t.throwsAsync(ensureFolder(parent, recipe()), {
    instanceOf: DataError,
    message: /"thesis\.tex".*name another folder/,
  });
  await t.throwsAsync(ensureFolder(join(parent, 'thesis.tex'), recipe()), {
    instanceOf: DataError,
    message: /a file, expected a folder/,
  });
  t.deepEqual(readdirSync(parent).sort(), ['a', 'thesis.tex']);
});

test('ensureFolder: a file that somebody put into a class folder is named and stays; what begins with a dot is no matter', async (t) => {
  for (const path of ['a/notes.txt', 'b/10', 'b/deep/0']) {
    const folder = await made(t);
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), 'mine');
    await t.throwsAsync(ensureFolder(folder, recipe()), {
      instanceOf: DataError,
      message: new RegExp(
        `it holds "${path.split('/').slice(0, 2).join('/')}", which was not generated here; move that away`,
      ),
    });
    t.is(readFileSync(join(folder, path), 'utf8'), 'mine');
    for (const file of readdirSync(join(folder, 'a'))) t.true(['0', '1', 'notes.txt'].includes(file));
  }
  const folder = await made(t);
  writeFileSync(join(folder, 'a/.DS_Store'), '');
  t.false(await ensureFolder(folder, recipe()));
});

test('ensureFolder: a file put there while the files are made anew is named and stays', async (t) => {
  const folder = await made(t);
  const late = {
    onProgress: (done: number) => void (done === 4 && writeFileSync(join(folder, 'b/notes.txt'), 'mine')),
  };
  const other = recipe({ description: 'other' });
  await t.throwsAsync(ensureFolder(folder, other, late), {
    instanceOf: DataError,
    message: /it holds "b\/notes\.txt"/,
  });
  t.is(readFileSync(join(folder, 'b/notes.txt'), 'utf8'), 'mine');
  t.deepEqual(readdirSync(join(folder, '..')), ['set']);
});

test('ensureFolder: where a damaged folder cannot be made anew, what is damaged and why it stays are said', async (t) => {
  // A name so long that nothing can be made beside it: the disk refuses, also to who may write everywhere.
  const folder = join(temporaryFolder(t), 'x'.repeat(240));
  renameSync(await made(t), folder);
  t.false(await ensureFolder(folder, recipe()));
  writeFileSync(join(folder, 'a/1'), Uint8Array.of(9, 2, 3));
  await t.throwsAsync(ensureFolder(folder, recipe()), {
    instanceOf: DataError,
    message:
      /: a\/1 is damaged: its SHA-256 is not the one in manifest\.json; it cannot be made anew: .*\(ENAMETOOLONG\)/,
  });
  t.is(readFileSync(join(folder, 'a/1')).length, 3);
});

test('ensureFolder: temporary folders of killed processes go after a day', async (t) => {
  const parent = temporaryFolder(t);
  const old = join(parent, 'set.0123456789abcdef.tmp');
  const fresh = join(parent, 'set.fedcba9876543210.tmp');
  for (const folder of [old, fresh]) mkdirSync(folder);
  const yesterday = Date.now() / 1000 - 25 * 60 * 60;
  utimesSync(old, yesterday, yesterday);
  await ensureFolder(join(parent, 'set'), recipe());
  t.deepEqual([existsSync(old), existsSync(fresh)], [false, true]);
  utimesSync(fresh, yesterday, yesterday);
  t.false(await ensureFolder(join(parent, 'set'), recipe()), 'nothing to make');
  t.false(existsSync(fresh));
});
