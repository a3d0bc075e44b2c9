// Damaged NIR files, in bulk.
import test from 'ava';
import { fuzzNir, nirFuzzLine } from '../../helpers/nir-fuzz.js';

const INPUTS = 100_000;

test('100,000 damaged NIR files: refused by name, unsound or run; none takes a minute (that only ends what hangs), the process grows by less than 1 GiB', async (t) => {
  t.timeout(30 * 60_000);
  const report = await fuzzNir(INPUTS);
  t.log(nirFuzzLine(report));
  t.is(report.refused + report.unsound + report.ran, INPUTS);
  t.true(report.refused > 10_000 && report.unsound > 1000 && report.ran > 1000, 'all ways out are tried');
  t.true(report.slowest < 60_000 && report.growth < 2 ** 30);
});
