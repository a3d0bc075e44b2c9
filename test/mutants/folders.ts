// What `npm run test:mutants -- NAME` mutates: a name, its sources and tests of theirs that do not stand beside them.
// A path that ends in `/` is a folder with all that is in it. The tests beside src/a/b.ts are test/a/b.test.ts and
// test/a/b.*.test.ts, else those that the comment at the source's head names; a source with such a test is measured by it and
// by those named for it here alone, the others of a row together by all tests under the row's folders. Sources that only slow
// tests hold are left out.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, parse, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { projectRoot } from '../../src/paths.js';

/** One row of the table; paths are relative to the root of the repository. */
interface Folder {
  readonly sources: readonly string[];
  /** Tests that a source is measured by as well: those of what is written against it. */
  readonly also?: Readonly<Record<string, readonly string[]>>;
  /** The only tests that a source is measured by, where those beside it train for too long: the score is a lower bound. */
  readonly instead?: Readonly<Record<string, readonly string[]>>;
}

/** Every folder of the measurement by its name. */
export const FOLDERS: Readonly<Record<string, Folder>> = {
  neuron: { sources: ['src/neurons/'] },
  surrogate: { sources: ['src/surrogates/'] },
  trainer: {
    sources: ['src/training/', 'src/data/batches.ts', 'src/data/fingerprint.ts'],
    instead: {
      ...Object.fromEntries(
        ['options', 'train', 'training'].map((name) => [
          `src/training/${name}.ts`,
          ['test/training/train.wiring.test.ts', 'test/training/train.again.test.ts'],
        ]),
      ),
      'src/training/evaluate-run.ts': ['test/training/evaluate-run.wiring.test.ts'],
    },
  },
  losses: { sources: ['src/learning/losses/', 'src/learning/regularisers/', 'src/learning/schedule.ts'] },
  optimizers: { sources: ['src/learning/optimizers/'] },
  network: { sources: ['src/network/'] },
  plain: { sources: ['src/engines/plain/'] },
  statistics: { sources: ['src/statistics/'] },
  energy: { sources: ['src/measures/energy.ts', 'src/measures/memory-energy.ts'] },
  measures: { sources: ['src/measures/'] },
  figures: { sources: ['src/figures/', 'src/studies/'] },
  commands: {
    sources: ['src/commands/'],
    also: {
      ...Object.fromEntries(
        [
          ...[
            'data',
            'doctor',
            'evaluate',
            'index',
            'notebooks',
            'report',
            'reproduce',
            'runs',
            'sweep',
            'train',
          ],
          ...['trial', 'values', 'runs/compare', 'runs/export', 'runs/import'],
        ].map((name) => [
          `src/commands/${name}.ts`,
          ['test/commands/help.test.ts', 'test/commands/options.test.ts'],
        ]),
      ),
      'src/commands/options.ts': [
        'test/commands/exit-codes.test.ts',
        'test/commands/help.test.ts',
        'test/commands/options.test.ts',
      ],
      'src/commands/reproduction/training.ts': ['test/commands/slurm.test.ts'],
    },
  },
  records: {
    sources: ['src/records/', 'src/files/', 'src/hash.ts'],
    also: {
      'src/records/json-cursor.ts': ['test/records/safetensors.test.ts'],
      'src/records/safetensors-header.ts': ['test/records/safetensors.test.ts'],
    },
  },
};

/** Sources that are measured in one go, and the tests that measure them. */
export interface Unit {
  readonly name: string;
  readonly sources: readonly string[];
  readonly tests: readonly string[];
}

/** The root of the repository. */
export const ROOT = projectRoot(dirname(fileURLToPath(import.meta.url)));

/** The tests beside a source; where there is none, those that the comment at its head names. */
function beside(source: string): string[] {
  const { dir, name } = parse(source.replace(/^src\b/, 'test'));
  const there = existsSync(join(ROOT, dir)) ? readdirSync(join(ROOT, dir)) : [];
  const own = there.filter((file) => file.startsWith(`${name}.`) && file.endsWith('.test.ts'));
  return own.length > 0 ? own.map((file) => `${dir}/${file}`) : namedIn(source, 'test');
}

/** The tests of a kind that the comment at the head of a source names. */
function namedIn(source: string, kind: 'test' | 'slow'): string[] {
  const [head] = /^(\/\/.*\n)*/.exec(readFileSync(join(ROOT, source), 'utf8'))!;
  return head.match(new RegExp(`\\btest/[\\w./-]+\\.${kind}\\.ts\\b`, 'g')) ?? [];
}

/** All tests of a path of the table: those in the folder's mirror, or those beside the file. */
function testsOf(path: string): string[] {
  const mirror = path.replace(/^src\b/, 'test');
  if (!path.endsWith('/')) return beside(path);
  return existsSync(join(ROOT, mirror)) ? filesOf(mirror, '.test.ts') : [];
}

/** The files that a path of the table stands for; one that is nowhere is an error. */
function filesOf(path: string, ends: string): string[] {
  if (!existsSync(join(ROOT, path)))
    throw new Error(`test/mutants/folders.ts names ${path}, which is not there: mend the table.`);
  if (!path.endsWith('/')) return [path];
  return readdirSync(join(ROOT, path), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(ends))
    .map((entry) => relative(ROOT, join(entry.parentPath, entry.name)))
    .sort();
}

/** The units of a row of the table. */
export function unitsOf(name: string): Unit[] {
  const row = FOLDERS[name];
  if (!row)
    throw new Error(`"${name}" is no folder of mutants: give one of ${Object.keys(FOLDERS).join(', ')}.`);
  const sources = row.sources.flatMap((path) => filesOf(path, '.ts'));
  const testsFor = (source: string): string[] => [
    ...(row.instead?.[source] ?? beside(source)),
    ...(row.also?.[source] ?? []).flatMap((path) => filesOf(path, '.ts')),
  ];
  const tested = sources.filter((source) => testsFor(source).length > 0);
  const others = sources.filter((source) => !tested.includes(source) && namedIn(source, 'slow').length === 0);
  const units: Unit[] = tested.map((source) => ({
    name: source.slice('src/'.length, -'.ts'.length).replaceAll('/', '-'),
    sources: [source],
    tests: testsFor(source),
  }));
  const all = row.sources.flatMap(testsOf);
  if (all.length === 0)
    throw new Error(`No test stands beside the sources of "${name}": add some to the table.`);
  return others.length === 0 ? units : [...units, { name: 'without-own-test', sources: others, tests: all }];
}
