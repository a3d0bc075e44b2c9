import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import test from 'ava';
import {
  cacheRoot,
  committedRunsRoot,
  dataRoot,
  figuresRoot,
  packageRoot,
  paperRoot,
  projectRoot,
  resultsFile,
  runsRoot,
} from '../src/paths.js';

/** Runs with environment variables set or unset, and puts them back. */
function withEnvironment<T>(values: Record<string, string | undefined>, run: () => T): T {
  const before = Object.fromEntries(Object.keys(values).map((name) => [name, process.env[name]]));
  const set = (given: Record<string, string | undefined>): void => {
    for (const [name, value] of Object.entries(given))
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
  };
  set(values);
  try {
    return run();
  } finally {
    set(before);
  }
}

test('packageRoot is the folder of package.json', (t) => {
  t.true(existsSync(join(packageRoot(), 'package.json')));
  t.is(paperRoot(), join(packageRoot(), 'data', 'paper'));
  t.is(committedRunsRoot(), join(packageRoot(), 'data', 'runs'));
});

test('projectRoot finds the nearest package.json upwards, and stays where there is none', (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'sgs-paths-'));
  t.teardown(() => rmSync(folder, { recursive: true }));
  const deep = join(folder, 'notebooks', 'deep');
  mkdirSync(deep, { recursive: true });
  t.is(projectRoot(deep), deep);
  writeFileSync(join(folder, 'package.json'), '{}');
  t.is(projectRoot(deep), folder);
});

test.serial('dataRoot: the folder asked for, before SGS_DATA, before data/raw of the project', (t) => {
  withEnvironment({ SGS_DATA: 'from-environment' }, () => {
    t.is(dataRoot({ dataDir: 'asked' }), resolve('asked'));
    t.is(dataRoot(), resolve('from-environment'));
  });
  for (const SGS_DATA of [undefined, ''])
    withEnvironment({ SGS_DATA }, () => t.is(dataRoot(), join(projectRoot(), 'data', 'raw')));
});

test.serial('runsRoot: the folder asked for, before SGS_RUNS, before data/runs of the project', (t) => {
  withEnvironment({ SGS_RUNS: 'from-environment' }, () => {
    t.is(runsRoot({ runsDir: 'asked' }), resolve('asked'));
    t.is(runsRoot(), resolve('from-environment'));
  });
  withEnvironment({ SGS_RUNS: undefined }, () => t.is(runsRoot(), join(projectRoot(), 'data', 'runs')));
});

test.serial(
  'runsRoot and figuresRoot: what preset quick makes has folders of its own, unless others are asked for',
  (t) => {
    withEnvironment({ SGS_RUNS: undefined, SGS_FIGURES: undefined }, () => {
      t.is(runsRoot({ preset: 'quick' }), join(projectRoot(), 'data', 'runs', 'quick'));
      t.is(figuresRoot({ preset: 'quick' }), join(projectRoot(), 'figures', 'quick'));
      for (const preset of ['desk', null]) t.is(runsRoot({ preset }), join(projectRoot(), 'data', 'runs'));
    });
    withEnvironment({ SGS_RUNS: 'from-environment' }, () =>
      t.is(runsRoot({ preset: 'quick' }), resolve('from-environment')),
    );
  },
);

test('figures and cache are folders of the project', (t) => {
  t.is(figuresRoot(), join(projectRoot(), 'figures'));
  t.is(cacheRoot(), join(projectRoot(), 'data', 'cache'));
});

test('results: in the root for the committed figures, else beside the report', (t) => {
  t.is(resultsFile(join(packageRoot(), 'figures')), join(packageRoot(), 'RESULTS.md'));
  const other = join(packageRoot(), 'figures', 'quick');
  t.is(resultsFile(other), join(other, 'RESULTS.md'));
});
