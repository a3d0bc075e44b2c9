// Damaged files of weights, in bulk.
import test from 'ava';
import { fuzzLine } from '../helpers/fuzz.js';
import { FORMATS, fuzzWeights } from '../helpers/weights-files.js';

const INPUTS = 20_000;

for (const format of FORMATS)
  test.serial(`${format}: 20,000 damaged files are DataError or sound arrays, none takes 5 seconds`, (t) => {
    const report = fuzzWeights(format, INPUTS);
    t.log(fuzzLine(format, report));
    t.is(report.accepted + report.refused, INPUTS);
    t.true(report.accepted > 0 && report.refused > 1000, 'both ways out are tried');
    t.true(report.slowest < 5000 && report.allocation < 100);
  });
