// Outputs on disk: which files, the same bytes again, and stems that cannot leave the folder.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'ava';
import { SettingsError } from '../../src/errors.js';
import { originOf } from '../../src/figures/origin.js';
import { figureJson, saveFigure, saveSummary, saveTable } from '../../src/figures/save.js';
import { axis, type Figure, theme } from '../../src/figures/theme.js';
import { line } from '../../src/figures/traces.js';
import { saveNotes } from '../../src/report/notes.js';
import { temporaryFolder } from '../helpers/folder.js';
import { sampleRun } from '../helpers/records.js';

const figure: Figure = {
  data: [...line({ name: 'a', x: [1, 2], y: [3, 4] }), ...line({ name: 'b', x: [1, 2], y: [4, 3] })],
  layout: theme({ title: { text: 'A' }, xaxis: axis('epoch'), yaxis: axis('accuracy', '%') }),
};
const origin = originOf([sampleRun()], { command: 'npm run reproduce', notebook: 'quickstart' });
const table = [{ epoch: 1, accuracy: 93.33333 }];

test('saveFigure: writes every file into its notebook’s folder, and the same bytes when written again', async (t) => {
  const folder = temporaryFolder(t);
  const options = { folder, stem: 'quickstart-curve', origin, table, png: true, caption: 'c' };
  const files = await saveFigure(figure, options);
  const names = ['csv', 'json', 'md', 'png', 'provenance.json', 'svg'].map((end) => `curve.${end}`);
  const own = join(folder, 'quickstart');
  t.deepEqual(readdirSync(folder), ['quickstart']);
  t.deepEqual(readdirSync(own).sort(), names);
  t.deepEqual(
    [...files].sort(),
    names.map((name) => join(own, name)),
  );
  const bytes = files.map((file) => readFileSync(file));
  await saveFigure(structuredClone(figure), options);
  t.deepEqual(
    files.map((file) => readFileSync(file)),
    bytes,
  );
  t.is(readFileSync(join(own, 'curve.csv'), 'utf8'), 'epoch,accuracy\n1,93.33333\n');
  const about = JSON.parse(readFileSync(join(own, 'curve.provenance.json'), 'utf8'));
  t.deepEqual(about, { title: null, caption: 'c', place: 0, origin });
});

test('figureJson: reads back as the figure, one line per trace', (t) => {
  const text = figureJson(figure);
  t.deepEqual(JSON.parse(text), figure);
  t.is(text.trimEnd().split('\n').length, 2 + 1 + figure.data.length);
});

test('saveFigure: a figure that needs WebGL is stored whole, and its stand-in is drawn', async (t) => {
  const folder = temporaryFolder(t);
  const cloud: Figure = { data: [{ type: 'scatter3d', x: [1], y: [2], z: [3] }], layout: {} };
  await saveFigure(cloud, { folder, stem: 'cloud', origin, still: figure });
  t.deepEqual(JSON.parse(readFileSync(join(folder, 'cloud.json'), 'utf8')), cloud);
  t.regex(readFileSync(join(folder, 'cloud.svg'), 'utf8'), /accuracy \(%\)/);
});

test('saveTable and saveSummary: their files and no others', (t) => {
  const folder = temporaryFolder(t);
  t.deepEqual(
    saveTable(table, { folder, stem: 'a-table', origin, digits: 3 }),
    ['a-table.csv', 'a-table.md', 'a-table.provenance.json'].map((name) => join(folder, name)),
  );
  t.regex(readFileSync(join(folder, 'a-table.md'), 'utf8'), /\| 1 \| 93\.3 \|/);
  const row = { claim: 'c', paper: 1, paperSource: null, ours: 1, n: null, verdict: 'reproduced' };
  t.is(saveSummary([row], { folder, stem: 'a-table' }), join(folder, 'a-table', 'summary.json'));
  t.throws(() => saveSummary([{ ...row, verdict: '' }], { folder, stem: 'a-table' }), {
    instanceOf: SettingsError,
    message: /0\.verdict/,
  });
  t.is(readdirSync(folder).length, 4);
  const said = { title: null, question: 'Why?', findings: [], differs: null };
  t.is(saveNotes(said, { folder, stem: 'a-table' }), join(folder, 'a-table', 'notes.json'));
});

test('outputs know how many their notebook saved before them; what is saved again keeps its place', (t) => {
  const folder = temporaryFolder(t);
  const placeOf = (stem: string): number =>
    (JSON.parse(readFileSync(join(folder, `${stem}.provenance.json`), 'utf8')) as { place: number }).place;
  const [made, other] = ['one', 'two'].map((notebook) => ({ ...origin, notebook }));
  saveTable(table, { folder, stem: 'b', origin: made });
  saveTable(table, { folder, stem: 'a', origin: made });
  saveTable(table, { folder, stem: 'c', origin: other });
  saveTable(table, { folder, stem: 'b', origin: made });
  t.deepEqual(['b', 'a', 'c'].map(placeOf), [0, 1, 0]);
});

for (const stem of ['../up', 'a/b', 'A', '', 'a.b', '-a', 'index.html'])
  test(`a stem ${JSON.stringify(stem)} is refused before anything is written`, async (t) => {
    const folder = temporaryFolder(t);
    const refusal = { instanceOf: SettingsError, message: /lower-case words joined by hyphens/ };
    await t.throwsAsync(saveFigure(figure, { folder, stem, origin }), refusal);
    t.throws(() => saveTable(table, { folder, stem, origin }), refusal);
    t.deepEqual(readdirSync(folder), []);
  });
