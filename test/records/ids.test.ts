import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'ava';
import { DataError } from '../../src/errors.js';
import { listIds } from '../../src/records/ids.js';
import { temporaryFolder } from '../helpers/folder.js';

test('listIds: what is named as a record is one, in order; nothing else is', (t) => {
  const folder = temporaryFolder(t);
  const ids = ['run-b', 'eval-a'].map((name) => name + '0'.repeat(15));
  for (const name of [...ids.map((id) => `${id}.json`), `${ids[0]}.safetensors`, 'notes.json', 'run-0.json'])
    writeFileSync(join(folder, name), '');
  mkdirSync(join(folder, 'leases'));
  t.deepEqual(listIds(folder), [ids[1], ids[0]]);
});

test('listIds: no folder is no records; what is no folder is told', (t) => {
  const folder = temporaryFolder(t);
  t.deepEqual(listIds(join(folder, 'missing')), []);
  writeFileSync(join(folder, 'file'), '');
  t.throws(() => listIds(join(folder, 'file')), { instanceOf: DataError, message: /cannot list it/ });
});
