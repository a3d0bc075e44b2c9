// The lint rule `public/docs`: which functions users import, and what their comments lack. `npm run lint` applies it.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import test from 'ava';
import { temporaryFolder } from './helpers/folder.js';

const PLUGIN = resolve('scripts', 'lint', 'public-docs.mjs');
const { ENTRIES, publicNames } = (await import(pathToFileURL(PLUGIN).href)) as {
  ENTRIES: readonly string[];
  publicNames(entries: readonly string[]): Map<string, Set<string>>;
};

/** Files of a project, and what the rule says of them, a line each. */
function complaints(folder: string, files: Readonly<Record<string, string>>): string[] {
  const empty = Object.fromEntries(ENTRIES.map((entry) => [entry, '']));
  for (const [name, text] of Object.entries({ ...empty, ...files })) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  const config = {
    jsPlugins: [PLUGIN],
    categories: { correctness: 'off' },
    rules: { 'public/docs': 'error' },
  };
  writeFileSync(join(folder, '.oxlintrc.json'), JSON.stringify(config));
  const oxlint = resolve('node_modules', 'oxlint', 'bin', 'oxlint');
  const { stdout } = spawnSync(process.execPath, [oxlint, '--format', 'unix', 'src'], {
    cwd: folder,
    encoding: 'utf8',
  });
  return [...stdout.matchAll(/: (\w+, which users import, .*) \[Error/g)].map(([, text]) => text).sort();
}

test('the entries are those of package.json', (t) => {
  const { exports } = JSON.parse(readFileSync('package.json', 'utf8')) as {
    exports: Record<string, { types: string } | string>;
  };
  const named = Object.entries(exports).flatMap(([name, target]) =>
    typeof target === 'string' || name.includes('*')
      ? []
      : [target.types.replace('./dist/', 'src/').replace('.d.ts', '.ts')],
  );
  t.deepEqual([...ENTRIES].sort(), named.sort());
});

test('what users import: through files that only hand on, by another name, and whole files', (t) => {
  const names = publicNames(ENTRIES);
  const of = (file: string): string[] => [...(names.get(resolve(file)) ?? [])];
  t.true(of('src/session/train.ts').includes('train'));
  t.false(of('src/session/open.ts').includes('withSession'));
  t.deepEqual(of('src/network/layers.ts'), ['*']);
  t.true(of('src/network/kinds/conv2d.ts').includes('conv2d')); // handed on by src/network/layers.ts
  t.true(of('src/inspection/look.ts').includes('look')); // handed on by src/inspection/index.ts
});

test('functions that users import: what is missing is named, inner ones and those of other files are left alone', (t) => {
  const found = complaints(temporaryFolder(t), {
    'src/index.ts':
      "export { bare, whole, arrays, throws, indirect, later, nothing } from './a.js';\nexport * as all from './b.js';\n",
    'src/a.ts': `
export const bare = (x: number) => x;
/** Adds. @internal */
export function untold(x: number): number { return x; }
/**
 * Has all.
 *
 * @param x - a number
 * @param options - none yet
 * @returns its double
 * @throws Error below 0
 */
export function whole(x: number, { y = 0 }: { y?: number } = {}): number {
  if (x < y) throw new Error('no');
  return 2 * x;
}
/**
 * Gives arrays.
 *
 * @param x - values
 * @returns the same
 */
export const arrays = (x: Float32Array): Float32Array => x;
/** Throws. */
export function throws(): void { throw new Error('always'); }
/** Throws by another. */
export function indirect(): void { throws(); }
/**
 * Gives what throws when it is called, which is not this.
 *
 * @returns a function
 */
export function later(): () => void {
  const inner = (): void => { throw new Error('later'); };
  return inner;
}
/** Gives nothing, and hands on what another threw. */
export async function nothing(): Promise<void> {
  try { later(); } catch (error) { throw error; }
}
`,
    'src/b.ts': `
/** Counts. */
export const count = (list: readonly number[], ...more: number[]): number => list.length + more.length;
`,
  });
  t.deepEqual(found, [
    'arrays, which users import, lacks the shape of its arrays, as [T, B, classes]',
    'bare, which users import, lacks a comment /** … */',
    'count, which users import, lacks @param list, @param more, @returns',
    'indirect, which users import, lacks @throws',
    'throws, which users import, lacks @throws',
  ]);
});
