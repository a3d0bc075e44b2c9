import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'ava';
import { DataError } from '../../../src/errors.js';
import { gainsFrom, macsOf, readTuning, writeTuning } from '../../../src/engines/webgpu/tuning.js';
import { convNet } from '../../../src/network/architectures.js';
import { temporaryFolder } from '../../helpers/folder.js';

const at = (macs: number, event: number, webgpu: number) => ({ network: `net ${macs}`, macs, event, webgpu });

test('a card gains from the least size on from which it was faster at all larger ones; never where it is slower at the largest', (t) => {
  const measured = [at(100, 2, 1), at(1, 1, 3), at(10, 1, 2), at(1000, 9, 1)];
  t.is(gainsFrom({ measured }), 100);
  t.is(gainsFrom({ measured: [at(1, 2, 1), at(10, 1, 2), at(100, 2, 1)] }), 100);
  t.is(gainsFrom({ measured: [at(1, 2, 1), at(10, 2, 2)] }), undefined);
  t.is(gainsFrom({ measured: [at(1, 2, 1), at(10, 2, 1)] }), 1);
});

test('what was measured is kept in a file; without one nothing is known, and another is refused with the remedy', (t) => {
  const file = join(temporaryFolder(t), 'a', 'webgpu.json');
  t.is(readTuning(file), undefined);
  const tuning = { backend: 'nvidia hopper', build: 'driver; webgpu 0.6.2', measured: [at(1, 2, 1)] };
  writeTuning(tuning, file);
  t.deepEqual(readTuning(file), tuning);
  writeFileSync(file, '{"backend": "nvidia"}');
  t.throws(() => readTuning(file), {
    instanceOf: DataError,
    message: /run `sgs doctor --tune` again, or delete it/,
  });
});

test('the size of a network: multiply–accumulates of one example and step', (t) => {
  // 3 → 8 → 16 → 32 channels, kernels of 3 × 3, halved after each; 32 · 4 · 4 features to 10 classes.
  const expected = 9 * (32 * 32 * 3 * 8 + 16 * 16 * 8 * 16 + 8 * 8 * 16 * 32) + 32 * 16 * 10;
  t.is(macsOf(convNet({ classes: 10, width: 0.25 })), expected);
});
