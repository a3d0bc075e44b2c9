// A study opened on the committed records, held against the committed figures, tables and claims, and against its notebook.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ColumnTable } from 'arquero';
import type { ExecutionContext } from 'ava';
import { type About, figureJson, type Place } from '../../src/figures/save.js';
import { fileBase } from '../../src/figures/stems.js';
import { toCsv, toTable } from '../../src/figures/table.js';
import { openStudy, type StudyName } from '../../src/studies/open.js';
import { type Item, Part, shownClaims } from '../../src/studies/part.js';
import { STUDIES } from '../../src/studies/index.js';
import { declaredName } from '../../src/studies/study.js';
import { renderTable } from '../../src/display/table.js';
import { type Notebook, readNotebook } from '../../src/notebooks/nbformat.js';
import { notebooksRoot } from '../../src/paths.js';

const csv = (rows: ColumnTable | readonly object[]): string =>
  toCsv(Array.isArray(rows) ? toTable(rows as object[]) : (rows as ColumnTable));

/** Notebooks that are committed with the outputs of another preset than `desk`, whose figures are committed. */
const OF_ANOTHER_PRESET = new Set<StudyName>(['first-results']);

/** What the cells of a notebook show as text, and what they print. */
const textsIn = ({ cells }: Notebook): string =>
  cells
    .flatMap((cell) => (cell.cell_type === 'code' ? cell.outputs : []))
    .map((output) => ('text' in output ? output.text : 'data' in output ? output.data['text/plain'] : ''))
    .join('\n');

/** What a part shows as text: tables, lines, sentences. */
function textsOf(item: Item): readonly string[] {
  if ('table' in item) return [renderTable(item.shown ?? item.table, item.show)['text/plain']];
  if ('claims' in item) return [renderTable(shownClaims(item))['text/plain']];
  if ('findings' in item) return item.findings;
  return 'lines' in item ? item.lines : [];
}

/**
 * Its figures, tables, claims, captions and origins are those committed, byte for byte, what it says is in the committed notebook, and
 * all that it declares is there.
 *
 * @param absent - a figure that it declares and that is not committed
 */
export async function asCommitted(t: ExecutionContext, name: StudyName, absent?: string): Promise<void> {
  const study = STUDIES.find(({ stem }) => stem === name)!;
  const committed = (stem: string, ending: string): string => {
    const file = `${join('figures', fileBase(stem, name))}.${ending}`;
    return existsSync(file) ? readFileSync(file, 'utf8') : `there is no ${file}`;
  };
  // Where it comes from and what is said of it; its place in the notebook is not a part's to know.
  const sameWords = ({ stem, title, caption, origin }: Omit<Place, 'folder'>): void => {
    const { place: _, ...about } = JSON.parse(committed(stem, 'provenance.json')) as About;
    t.deepEqual({ title: title ?? null, caption: caption ?? null, origin }, about, stem);
  };
  const notebook = readNotebook(join(notebooksRoot(), `${name}.ipynb`));
  const shown = OF_ANOTHER_PRESET.has(name) ? undefined : textsIn(notebook);
  const isShown = (what: string, text: string): void => {
    if (shown !== undefined) t.true(shown.includes(text), `${what} is not what the notebook shows:\n${text}`);
  };
  const seen = new Set<string>();
  for (const [part, value] of Object.entries(await openStudy(name))) {
    t.true(value instanceof Part, part);
    for (const item of (value as Part).items) {
      for (const text of textsOf(item)) isShown(part, text);
      if ('figure' in item) {
        seen.add(item.stem);
        sameWords(item);
        t.true(figureJson(item.figure) === committed(item.stem, 'json'), `${part}: ${item.stem}.json`);
        if (item.rows) t.true(csv(item.rows) === committed(item.stem, 'csv'), `${part}: ${item.stem}.csv`);
      } else if ('table' in item && item.place) {
        seen.add(item.place.stem);
        sameWords(item.place);
        t.true(
          csv(item.table as object[]) === committed(item.place.stem, 'csv'),
          `${part}: ${item.place.stem}.csv`,
        );
      } else if ('claims' in item) {
        const rows: unknown = JSON.parse(readFileSync(join('figures', name, 'summary.json'), 'utf8'));
        t.deepEqual(JSON.parse(JSON.stringify(item.claims)), rows);
      }
    }
  }
  const declared = [...seen].map((stem) =>
    declaredName(study, stem === name ? name : stem.slice(name.length + 1)),
  );
  t.deepEqual(
    [...new Set(declared)].sort(),
    [...study.figures, ...study.tables].filter((each) => each !== absent).sort(),
  );
}
