// Rows of the summary: checked before they are written and after they are read.
import test from 'ava';
import { SettingsError } from '../../src/errors.js';
import { checkSummary } from '../../src/figures/summary.js';

const row = {
  claim: 'c',
  paper: '94 %',
  paperSource: 'README',
  ours: 93.2,
  n: 3,
  verdict: 'within tolerance',
};

test('checkSummary: rows come back as they are', (t) => {
  t.deepEqual(checkSummary([row, { ...row, paper: null, n: null, stem: 's', records: ['run-1'] }]).length, 2);
});

test('checkSummary: p may be a probability, null, or left out', (t) => {
  t.deepEqual(
    checkSummary([{ ...row, p: 0.04 }, { ...row, p: null }, row]).map(({ p }) => p),
    [0.04, null, undefined],
  );
  t.throws(() => checkSummary([{ ...row, p: 1.2 }]), { instanceOf: SettingsError, message: /0\.p/ });
});

test('checkSummary: a missing verdict, a wrong kind and an unknown field are named with their row', (t) => {
  const { verdict: _verdict, ...open } = row;
  t.throws(() => checkSummary([row, open]), { instanceOf: SettingsError, message: /1\.verdict/ });
  t.throws(() => checkSummary([{ ...row, n: 'three' }]), { instanceOf: SettingsError, message: /0\.n/ });
  t.throws(() => checkSummary([{ ...row, extra: 1 }]), { instanceOf: SettingsError, message: /extra/ });
  t.throws(() => checkSummary({}), { instanceOf: SettingsError, message: /summary: not valid/ });
});
