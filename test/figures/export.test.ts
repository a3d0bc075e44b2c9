import { tableFromIPC } from '@uwdata/flechette';
import test from 'ava';
import { parquetMetadata, parquetReadObjects, parquetSchema } from 'hyparquet';
import { SettingsError } from '../../src/errors.js';
import { exportRows } from '../../src/figures/export.js';
import { epochRows, runRows } from '../../src/statistics/rows.js';
import { madeGrid } from '../helpers/sweep.js';

/** Every kind of column, with gaps; text that is awkward somewhere. */
const rows = [
  {
    id: 'a',
    accuracy: 0.1 + 0.2,
    seed: 2022,
    macs: 2_216_495_616,
    dirty: false,
    note: '=HYPERLINK("x")',
    none: null,
  },
  { id: 'b', accuracy: null, seed: 0, dirty: true, note: 'δ, "β"\nσ' },
  { id: 'c', accuracy: 5e-324, seed: -1, macs: Number.MAX_SAFE_INTEGER, dirty: null, note: '' },
];

/** The rows with every column. */
const whole = rows.map((row) => ({ macs: null, none: null, ...row }));

const sorted = (row: object): object => Object.fromEntries(Object.entries(row).sort());

test('exportRows: Parquet gives back every value, null and type', async (t) => {
  const { buffer } = exportRows(rows, 'parquet') as Uint8Array<ArrayBuffer>;
  const found = await parquetReadObjects({ file: buffer });
  t.deepEqual(found.map(sorted), whole.map(sorted));
  const types = parquetSchema(parquetMetadata(buffer)).children.map(({ element }) => [
    element.name,
    element.type,
  ]);
  t.deepEqual(types, [
    ['id', 'BYTE_ARRAY'],
    ['accuracy', 'DOUBLE'],
    ['seed', 'DOUBLE'],
    ['macs', 'DOUBLE'],
    ['dirty', 'BOOLEAN'],
    ['note', 'BYTE_ARRAY'],
    ['none', 'BYTE_ARRAY'],
  ]);
});

test('exportRows: an Arrow file gives back every value, null and type', (t) => {
  const table = tableFromIPC(exportRows(rows, 'arrow') as Uint8Array);
  t.deepEqual(
    table.toArray().map((row) => sorted({ ...row })),
    whole.map(sorted),
  );
  t.deepEqual(
    table.schema.fields.map(({ name }) => name),
    ['id', 'accuracy', 'seed', 'macs', 'dirty', 'note', 'none'],
  );
});

test('exportRows: JSON gives back the rows, one a line, each with every column', (t) => {
  const text = exportRows(rows, 'json') as string;
  t.deepEqual(JSON.parse(text), whole);
  t.is(text.split('\n').length, rows.length + 3);
});

test('exportRows: CSV has numbers in full and no live formula', (t) => {
  t.is(
    exportRows(rows, 'csv'),
    'id,accuracy,seed,macs,dirty,note,none\n' +
      'a,0.30000000000000004,2022,2216495616,false,"\'=HYPERLINK(""x"")",\n' +
      'b,,0,,true,"δ, ""β""\nσ",\n' +
      'c,5e-324,-1,9007199254740991,,,\n',
  );
});

test('exportRows: the same records give the same bytes', async (t) => {
  const records = madeGrid([0, 0.1], [0], [0, 1], () => ({ test: 0.5 }));
  for (const format of ['csv', 'json', 'arrow', 'parquet'] as const) {
    const first = exportRows(runRows(records), format);
    await new Promise((resolve) => setTimeout(resolve, 5));
    t.deepEqual(exportRows(runRows(structuredClone(records)), format), first, format);
  }
});

test('exportRows: a table with more rows than a row group holds', async (t) => {
  const records = madeGrid(
    [0],
    [0],
    Array.from({ length: 400 }, (_, seed) => seed),
    () => ({ test: 0.5 }),
  );
  const epochs = epochRows(records);
  t.is(epochs.length, 1200);
  const { buffer } = exportRows(epochs, 'parquet') as Uint8Array<ArrayBuffer>;
  t.deepEqual((await parquetReadObjects({ file: buffer })).map(sorted), epochs.map(sorted));
});

test('exportRows: no rows are refused', (t) => {
  t.throws(() => exportRows([], 'parquet'), { instanceOf: SettingsError, message: /there are no rows/ });
});
