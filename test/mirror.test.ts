// Tests mirror sources: what stands in src/a/b.ts is tested by test/a/b.test.ts (or b.slow.ts), or the comment at the head of
// the source names the test that holds it.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import test from 'ava';
import ts from 'typescript';

/** Compiled by another compiler into the kernels' modules; held by the tests of engines/event/ops. */
const isKernel = (name: string): boolean => name.startsWith('engines/event/assembly/');

const names = readdirSync('src', { recursive: true, encoding: 'utf8' })
  .map((name) => name.replaceAll('\\', '/'))
  .filter((name) => name.endsWith('.ts') && !isKernel(name))
  .sort();

/** Whether anything is computed: some function has a body. Types, constants and lists of exports need no test. */
function hasLogic(text: string): boolean {
  const within = (node: ts.Node): boolean =>
    (ts.isFunctionLike(node) && 'body' in node && node.body !== undefined) ||
    (ts.forEachChild(node, (child) => within(child) || undefined) ?? false);
  return within(ts.createSourceFile('source.ts', text, ts.ScriptTarget.Latest));
}

/** The tests that the comment at the head of a source names. */
const namedIn = (text: string): string[] =>
  /^(\/\/.*\n)*/.exec(text)![0].match(/\btest\/[\w./-]+\.(test|slow)\.ts\b/g) ?? [];

const ownTest = (name: string): string | undefined =>
  ['.test.ts', '.slow.ts'].map((end) => `test/${name.replace(/\.ts$/, end)}`).find(existsSync);

test('every source with logic has a test of its name, or names the test that holds it', (t) => {
  const without = names.filter((name) => {
    const text = readFileSync(`src/${name}`, 'utf8');
    return hasLogic(text) && ownTest(name) === undefined && namedIn(text).length === 0;
  });
  t.deepEqual(without, []);
});

test('every test that a source names is there, and its source has none of its own name besides', (t) => {
  const wrong = names.flatMap((name) =>
    namedIn(readFileSync(`src/${name}`, 'utf8'))
      .filter((file) => !existsSync(file) || ownTest(name) !== undefined)
      .map((file) => `${name} names ${file}`),
  );
  t.deepEqual(wrong, []);
});

test('logic is told from types and constants', (t) => {
  for (const text of [
    'export type A = (x: number) => number;',
    'export const A = 1;',
    "export * from './a.js';",
  ])
    t.false(hasLogic(text), text);
  for (const text of ['export const a = () => 1;', 'function a() {}', 'class A { get b() { return 1; } }'])
    t.true(hasLogic(text), text);
});
