// The layout of the project, read off the imports themselves: a folder of src/ is a stage of the flow.
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import test from 'ava';
import ts from 'typescript';
import { circlesIn } from './helpers/circles.js';

/** The order of the stages: files and folders of src/. Each imports only those before it, and itself. */
const STAGES = [
  ...[
    'errors',
    'host',
    'random',
    'paths',
    'json',
    'hash',
    'text',
    'print',
    'did-you-mean',
    'settings',
    'cell',
    'files',
  ],
  ...['equations', 'surrogates', 'neurons', 'norms', 'network', 'learning', 'data', 'experiment', 'methods'],
  ...['engines', 'measures', 'records', 'interchange', 'training'],
  ...[
    'statistics',
    'figures',
    'display',
    'inspection',
    'diagnosis',
    'session',
    'page',
    'sweep',
    'notebooks',
    'studies',
    'report',
    'commands',
    'index',
  ],
];

/** Compiled by another compiler into the kernels' modules; imports nothing of the rest. */
const isKernel = (file: string): boolean => file.startsWith('src/engines/event/assembly/');

const sources = readdirSync('src', { recursive: true, encoding: 'utf8' })
  .map((name) => `src/${name.replaceAll('\\', '/')}`)
  .filter((file) => file.endsWith('.ts') && !isKernel(file))
  .sort();

/** The files of src/ that a file imports: types, re-exports and dynamic imports too. */
const importsOf = (file: string): string[] =>
  ts
    .preProcessFile(readFileSync(file, 'utf8'))
    .importedFiles.map(({ fileName }) => fileName)
    .filter((name) => name.startsWith('.'))
    .map((name) => normalize(join(dirname(file), name)).replace(/\.js$/, '.ts'));

const imports = new Map(sources.map((file) => [file, importsOf(file)]));

const stageOf = (file: string): string => file.split('/')[1].replace(/\.ts$/, '');

test('src: every entry has its place in the order of the stages, and every stage is there', (t) => {
  t.deepEqual([...new Set(sources.map(stageOf))].sort(), [...STAGES].sort());
});

test('src: no stage imports a later one', (t) => {
  const upward = [...imports].flatMap(([file, targets]) =>
    targets
      .filter((target) => STAGES.indexOf(stageOf(target)) > STAGES.indexOf(stageOf(file)))
      .map((target) => `${file} imports ${target}, which is of a later stage`),
  );
  t.deepEqual(upward, []);
});

test('src: no files import each other in a circle', (t) => {
  t.deepEqual(circlesIn(imports), []);
});

test('src: what stands in a folder `browser` takes the place of the file beside that folder, as package.json says to bundlers', (t) => {
  const { browser } = JSON.parse(readFileSync('package.json', 'utf8')) as { browser: Record<string, string> };
  const forms = sources
    .filter((file) => file.includes('/browser/'))
    .map((file) => file.replace(/^src\/(.*)\.ts$/, './dist/$1.js'));
  const expected = forms.map((form) => [form.replace('/browser/', '/'), form]);
  const builtIn = (name: string): boolean => /\/host\/(fs|path)\.js$/.test(name);
  t.deepEqual(
    Object.entries(browser).sort(),
    expected
      .map(([name, form]) => [builtIn(name) ? `node:${/(\w+)\.js$/.exec(name)![1]}` : name, form])
      .sort(),
  );
  for (const [name] of expected.filter(([each]) => !builtIn(each)))
    t.true(sources.includes(name.replace(/^\.\/dist\/(.*)\.js$/, 'src/$1.ts')), name);
});
