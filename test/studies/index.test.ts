// The studies: each has its notebook and its folder of figures, and declares what these hold.
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import test from 'ava';
import { isStem } from '../../src/figures/stems.js';
import { figuresRoot, notebooksRoot, packageRoot } from '../../src/paths.js';
import { STUDIES } from '../../src/studies/index.js';
import { declaredName } from '../../src/studies/study.js';

const notebooks = readdirSync(notebooksRoot())
  .filter((name) => name.endsWith('.ipynb'))
  .map((name) => name.replace('.ipynb', ''));

test('the studies are the notebooks beside the quickstart, and each has a folder of its name here', (t) => {
  const stems = STUDIES.map(({ stem }) => stem);
  t.deepEqual([...stems, 'quickstart'].sort(), notebooks.sort());
  t.true(stems.every(isStem));
  for (const stem of stems) t.true(existsSync(join(packageRoot(), 'src', 'studies', stem, 'study.ts')), stem);
});

/** Made only where a recording of the data set is found, which is not committed. */
const ABSENT: readonly string[] = ['events: cifar10-dvs'];

for (const study of STUDIES)
  test(`${study.stem}: the committed outputs are those that it declares`, (t) => {
    const names = readdirSync(join(figuresRoot(), study.stem))
      .flatMap((name) => /^(.+)\.provenance\.json$/.exec(name)?.[1] ?? [])
      .map((name) => [name, declaredName(study, name)] as const);
    for (const [name, declared] of names) t.not(declared, undefined, name);
    const made = new Set(names.map(([, declared]) => declared));
    const missing = [...study.figures, ...study.tables].filter((name) => !made.has(name));
    t.deepEqual(
      missing,
      missing.filter((name) => ABSENT.includes(`${study.stem}: ${name}`)),
    );
    for (const { of } of study.results ?? []) t.is(declaredName(study, of), of);
  });

test('declaredName: the longest name that an output begins with', (t) => {
  const study = { stem: 's', title: 'S', figures: ['cifar10', 'cifar10-dvs'], tables: ['cost'] };
  t.is(declaredName(study, 'cifar10'), 'cifar10');
  t.is(declaredName(study, 'cifar10-dvs-vggsnn'), 'cifar10-dvs');
  t.is(declaredName(study, 'cost-resnet19'), 'cost');
  t.is(declaredName(study, 'cifar100'), undefined);
});
