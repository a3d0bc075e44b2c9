// Claims as rows of text: what is unknown is said, numbers have their thousands apart, p stands where there are effects.
import test from 'ava';
import { claimRows, claimValue } from '../../src/report/claim-rows.js';

const row = { claim: 'c', paper: 12_630_858, paperSource: null, ours: -0.5, n: null, verdict: 'reproduced' };

test('claimValue: thousands apart, a true minus, null where nothing is known', (t) => {
  t.deepEqual(
    [12_630_858, -0.5, '-0.42 points', null].map((value) => claimValue(value)),
    ['12,630,858', '−0.5', '−0.42 points', null],
  );
});

test('claimRows: without effects no p; with effects each with its p, corrected for their number', (t) => {
  t.deepEqual(claimRows([{ ...row, paperSource: 'abstract' }]), [
    { claim: 'c', paper: '12,630,858 (abstract)', ours: '−0.5', seeds: '–', verdict: 'reproduced', note: '' },
  ]);
  const effect = { ...row, paper: null, ours: null, n: 5, verdict: 'different setting: trend agrees' };
  const rows = claimRows([{ ...effect, p: 0.01 }, { ...effect, p: 0.04 }, row]);
  t.deepEqual(
    rows.map((each) => [each.paper, each.ours, each.seeds, each.p, each['p, corrected']]),
    [
      ['not known', '–', '5', '0.010', '0.020'],
      ['not known', '–', '5', '0.040', '0.040'],
      ['12,630,858', '−0.5', '–', '', ''],
    ],
  );
});
