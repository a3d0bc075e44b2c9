// Notebooks are prose and `show`: their cells are short, their lines fit, they import little and compute nothing.
import { basename } from 'node:path';
import test from 'ava';
import { readNotebook } from '../../src/notebooks/nbformat.js';
import { notebooksAt } from '../../src/notebooks/run-all.js';
import { notebooksRoot } from '../../src/paths.js';

const LINES = 10;
const COLUMNS = 100;
const IMPORTS = 12;

for (const file of notebooksAt(notebooksRoot())) {
  const name = basename(file, '.ipynb');
  test(`${name}: cells of at most ${LINES} lines and ${COLUMNS} columns, at most ${IMPORTS} imports, a sentence before each`, (t) => {
    const { cells } = readNotebook(file);
    const code = cells.flatMap((cell) => (cell.cell_type === 'code' ? [cell.source] : []));
    for (const source of code) {
      const lines = source.split('\n');
      t.true(lines.length <= LINES, `${lines.length} lines: ${lines[0]}`);
      for (const line of lines) t.true(line.length <= COLUMNS, line);
    }
    const imported = [...code.join('\n').matchAll(/import (?:type )?\{([^}]*)\}/g)].flatMap(([, names]) =>
      names.split(',').filter((one) => one.trim() !== ''),
    );
    t.true(imported.length <= IMPORTS, `${imported.length} imports`);
    for (const [i, { cell_type, source }] of cells.entries()) {
      if (cell_type !== 'code') continue;
      const before = i === 0 ? undefined : cells[i - 1];
      t.is(before?.cell_type, 'markdown', `nothing is said before ${source}`);
      t.regex(
        (before?.source ?? '').replaceAll(/^#.*$/gm, ''),
        /\w/,
        `only a heading stands before ${source}`,
      );
    }
  });
}
