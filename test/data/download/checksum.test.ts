import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'ava';
import { checksumOf } from '../../../src/data/download/checksum.js';
import { temporaryFolder } from '../../helpers/folder.js';

test('checksumOf gives the known sums of "abc" (RFC 1321, FIPS 180)', async (t) => {
  const file = join(temporaryFolder(t), 'abc');
  writeFileSync(file, 'abc');
  t.is(await checksumOf(file, 'md5'), '900150983cd24fb0d6963f7d28e17f72');
  t.is(await checksumOf(file, 'sha256'), 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
  await t.throwsAsync(checksumOf(`${file}-not`, 'md5'), { code: 'ENOENT' });
});
