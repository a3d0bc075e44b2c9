import test from 'ava';
import { correctedClaims, effectClaimNotes } from '../../src/report/effect-claims.js';
import type { SummaryRow } from '../../src/figures/summary.js';

const row = (claim: string, verdict: string, p?: number | null): SummaryRow => ({
  claim,
  paper: 'higher',
  paperSource: null,
  ours: null,
  n: 5,
  verdict,
  ...(p !== undefined && { p }),
});

test('effectClaimNotes: how many effects, what the intervals are over, which verdicts stay after Holm', (t) => {
  const rows = [
    row('count', 'reproduced'),
    row('SGS', 'different setting: trend disagrees (n = 5)', 0.002),
    row('gap', 'different setting: trend agrees (n = 5)', 0.04),
    row('LR', 'different setting: trend undecided (n = 5)', 0.6),
  ];
  const notes = effectClaimNotes(rows);
  t.regex(notes[0], /^The table holds 3 claims about effects\. Intervals are 95 % .* not corrected/);
  t.is(
    notes[1],
    "With Holm's correction over the 3 with a p, “disagrees” (SGS; p = 0.002) stays below 0.05: corrected p = 0.006; " +
      '“agrees” (gap; p = 0.040) does not stay below 0.05: corrected p = 0.080.',
  );
  t.deepEqual(correctedClaims(rows), [null, 0.006, 0.08, 0.6]);
});

test('effectClaimNotes: effects without a p are named, no effects need no note', (t) => {
  t.deepEqual(effectClaimNotes([row('count', 'reproduced')]), []);
  const notes = effectClaimNotes([
    row('old', 'different setting: trend disagrees (n = 5)'),
    row('one', 'different setting: trend undecided (n = 1: no interval)', null),
    row('LR', 'different setting: trend undecided (n = 5)', 0.6),
  ]);
  t.regex(notes[1], /^2 of them have no p/);
  t.regex(notes[2], /over the 1 with a p, “disagrees” \(old\) has no p/);
  t.regex(
    effectClaimNotes([row('LR', 'different setting: trend undecided (n = 5)', 0.6)]).at(-1)!,
    /every trend is undecided/,
  );
});
