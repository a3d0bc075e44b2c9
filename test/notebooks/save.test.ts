import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'ava';
import { DataError } from '../../src/errors.js';
import { createNotebook, readNotebook, type Notebook, type Output } from '../../src/notebooks/nbformat.js';
import { cleanNotebook, NOTEBOOK_LIMIT, saveNotebook } from '../../src/notebooks/save.js';

const folder = mkdtempSync(join(tmpdir(), 'sgs-save-'));
test.after.always(() => rmSync(folder, { recursive: true }));

function executed(...outputs: Output[]): Notebook {
  const notebook = createNotebook([{ code: 'show()' }]);
  return { ...notebook, cells: notebook.cells.map((cell) => ({ ...cell, outputs, execution_count: 7 })) };
}
const outputsOf = ({ cells }: Notebook): Output[] => (cells[0].cell_type === 'code' ? cells[0].outputs : []);
const role = (name: string): { [key: string]: { role: string } } => ({ 'sgs-snn': { role: name } });

test('cleanNotebook: the Plotly script goes; a figure keeps JSON and PNG; other HTML stays', (t) => {
  const cleaned = cleanNotebook(
    executed(
      {
        output_type: 'display_data',
        data: { 'text/html': '<script>…</script>' },
        metadata: role('plotly.js'),
      },
      {
        output_type: 'display_data',
        data: { 'application/vnd.plotly.v1+json': {}, 'text/html': '<div>', 'image/png': 'AA' },
        metadata: { ...role('figure'), 'image/png': { width: 800 } },
      },
      { output_type: 'display_data', data: { 'text/html': '<table>' }, metadata: {} },
    ),
  );
  t.deepEqual(outputsOf(cleaned), [
    {
      output_type: 'display_data',
      data: { 'application/vnd.plotly.v1+json': {}, 'image/png': 'AA' },
      metadata: { 'image/png': { width: 800 } },
    },
    { output_type: 'display_data', data: { 'text/html': '<table>' }, metadata: {} },
  ]);
});

test('cleanNotebook: without a PNG a figure keeps its HTML', (t) => {
  const data = { 'application/vnd.plotly.v1+json': {}, 'text/html': '<div>' };
  const [output] = outputsOf(
    cleanNotebook(executed({ output_type: 'display_data', data, metadata: role('figure') })),
  );
  t.like(output, { data });
});

test('cleanNotebook: progress bars go, execution counts stay, returns collapsed, no folder of the kernel in a stack', (t) => {
  const cleaned = cleanNotebook(
    executed(
      { output_type: 'display_data', data: { 'text/plain': 'training  3/3' }, metadata: role('progress') },
      { output_type: 'stream', name: 'stdout', text: '1%\r2%\n' },
      { output_type: 'stream', name: 'stderr', text: 'E\n    at x (/a/tslab/dist/executor.js:1:2)\n' },
    ),
  );
  t.like(cleaned.cells[0], { execution_count: 7 });
  t.like(outputsOf(cleaned), [{ text: '2%\n' }, { text: 'E\n' }]);
});

test('saveNotebook: writes a notebook that reads back, and the same bytes again', async (t) => {
  const file = join(folder, 'a.ipynb');
  const notebook = executed({ output_type: 'stream', name: 'stdout', text: 'hello\n' });
  await saveNotebook(notebook, file);
  const first = readFileSync(file);
  t.deepEqual(readNotebook(file), cleanNotebook(notebook));
  await saveNotebook(readNotebook(file), file);
  t.deepEqual(readFileSync(file), first);
});

test('saveNotebook: more than 1 MiB is refused by cell, and nothing is written', async (t) => {
  const file = join(folder, 'large.ipynb');
  const notebook = executed({ output_type: 'stream', name: 'stdout', text: 'x'.repeat(NOTEBOOK_LIMIT) });
  await t.throwsAsync(saveNotebook(notebook, file), {
    instanceOf: DataError,
    message: /large\.ipynb: the executed notebook has \d+ bytes, more than 1048576 \(1 MiB\); cell 1 alone/,
  });
  t.false(existsSync(file));
});
