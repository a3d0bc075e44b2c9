import test from 'ava';
import { fuzzNir, nirFuzzLine } from '../../helpers/nir-fuzz.js';

test('200 damaged NIR files: refused by name, unsound or run, and no other error; one on which HDF5 never ends is given up', async (t) => {
  const report = await fuzzNir(200, 1000);
  t.log(nirFuzzLine(report));
  t.is(report.refused + report.unsound + report.ran, 200);
  t.true(report.refused > 0 && report.unsound > 0 && report.ran > 0, 'all ways out are tried');
  t.true(report.lost > 0 && report.slowest < 60_000);
});
