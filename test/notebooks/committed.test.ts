import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'ava';
import { faultsOf } from '../../src/notebooks/committed.js';
import {
  createNotebook,
  formatNotebook,
  readNotebook,
  type CodeCell,
  type Notebook,
  type Output,
} from '../../src/notebooks/nbformat.js';
import { notebooksAt } from '../../src/notebooks/run-all.js';
import { cleanNotebook } from '../../src/notebooks/save.js';
import { packageRoot } from '../../src/paths.js';

/** A notebook with these outputs in its second code cell, executed from the top. */
function executed(outputs: Output[], changes: Partial<CodeCell> = {}): Notebook {
  const notebook = createNotebook(['# Title', { code: 'let a = 1;' }, { code: 'table([a]);' }]);
  const counted = notebook.cells.map((cell, i) => (i === 0 ? cell : { ...cell, execution_count: i }));
  return {
    ...notebook,
    cells: [...counted.slice(0, 2), { ...(counted[2] as CodeCell), outputs, ...changes }],
  };
}
const printed = (text: string, name: 'stdout' | 'stderr' = 'stdout'): Output => ({
  output_type: 'stream',
  name,
  text,
});
const shown = (data: Record<string, string>): Output => ({ output_type: 'display_data', data, metadata: {} });
const faults = (outputs: Output[], changes: Partial<CodeCell> = {}): string[] =>
  faultsOf(executed(outputs, changes)).map(({ cell, what }) => `${cell ?? ''} ${what}`.trim());

test('faultsOf: a notebook executed from the top has none', (t) => {
  t.deepEqual(faults([printed('see ~/data, data/runs and https://doi.org/10.1/x; a/b/home/c\n')]), []);
  t.deepEqual(faults([shown({ 'application/vnd.plotly.v1+json': '', 'image/png': '' })]), []);
});

test('faultsOf: metadata that Jupyter would complete; more than the kernel’s is fine', (t) => {
  const good = executed([printed('a')]);
  const { language_info, kernelspec } = good.metadata;
  const of = (metadata: Notebook['metadata']): string[] =>
    faultsOf({ ...good, metadata }).map(({ what }) => what);
  t.deepEqual(of({ kernelspec, language_info, mine: 1 }), []);
  t.regex(
    of({ kernelspec, language_info: { name: 'typescript' } }).join(),
    /^its metadata language_info is not the kernel's/,
  );
  t.regex(of({ language_info }).join(), /^its metadata kernelspec is not the kernel's/);
});

test('faultsOf: no outputs at all, none where something is shown, other counts, injected parameters', (t) => {
  t.deepEqual(faults([]), ['has no outputs']);
  const [, second, third] = executed([]).cells as CodeCell[];
  for (const source of [third.source, 'await show(study.accuracy);']) {
    const half = {
      ...executed([]),
      cells: [
        { ...second, outputs: [printed('a')] },
        { ...third, source, execution_count: 2 },
      ],
    };
    t.deepEqual(
      faultsOf(half).map(({ what }) => what),
      ['shows something, but has no output'],
      source,
    );
  }
  t.deepEqual(faults([printed('a')], { execution_count: 7 }), [
    '3 has execution count 7, a run from the top gives 2',
  ]);
  t.deepEqual(faults([printed('a')], { metadata: { tags: ['injected-parameters'] } }), [
    '3 holds injected parameters',
  ]);
});

test('faultsOf: errors, stderr, scripts, figures without a picture', (t) => {
  t.deepEqual(faults([{ output_type: 'error', ename: 'E', evalue: 'why', traceback: [] }]), [
    '3 ended with E: why',
  ]);
  t.deepEqual(faults([printed('a warning\n', 'stderr')]), ['3 wrote to stderr: a warning']);
  t.deepEqual(faults([shown({ 'text/html': '<script>x</script>' })]), ['3 has a script in its output']);
  t.deepEqual(faults([shown({ 'application/vnd.plotly.v1+json': '' })]), [
    '3 has a figure without a picture',
  ]);
});

test('faultsOf: folders of this machine and of others, but not in pictures', (t) => {
  t.deepEqual(
    faults([shown({ 'image/png': 'A+/tmp/A', 'text/html': '<img src="data:image/png;base64,A+/tmp/A">' })]),
    [],
  );
  for (const folder of [join(tmpdir(), 'sgs'), '/home/somebody/sgs', 'C:\\Users', process.cwd()])
    t.regex(faults([printed(`in ${folder}\n`)])[0] ?? '', /^3 names a folder of a machine: /, folder);
});

test('the committed notebooks have no faults and are, to the byte, what the tool would write again', (t) => {
  const files = notebooksAt(join(packageRoot(), 'notebooks'));
  t.true(files.length >= 11);
  for (const file of files) {
    const notebook = readNotebook(file);
    t.deepEqual(faultsOf(notebook), [], file);
    t.true(formatNotebook(cleanNotebook(notebook)) === readFileSync(file, 'utf8'), file);
  }
});
