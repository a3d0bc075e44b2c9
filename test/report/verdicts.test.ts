import test from 'ava';
import type { SummaryRow } from '../../src/figures/summary.js';
import { Markup } from '../../src/report/markup.js';
import { claimGroups, verdictClass, verdictSentences, verdictStrip } from '../../src/report/verdicts.js';

const row = (claim: string, verdict: string): SummaryRow => ({
  ...{ claim, verdict, ours: 1, paper: 1, paperSource: null, n: 3 },
});
const rows = [
  row('SGS helps: a', 'different setting: trend undecided (n = 3)'),
  row('SGS helps: b', 'different setting: trend disagrees (n = 3)'),
  row('LR helps: a', 'different setting: trend agrees (n = 3)'),
  row('parameters', 'reproduced'),
  row('energy', 'different setting: values not comparable'),
];

test('verdicts by colour group', (t) => {
  t.deepEqual(
    rows.map(({ verdict }) => verdictClass(verdict)),
    ['open', 'bad', 'near', 'good', 'none'],
  );
  t.is(verdictClass('not reproduced'), 'bad');
  t.is(verdictClass('within tolerance'), 'near');
});

test('the strip counts each group that is there, in a fixed order; none without claims', (t) => {
  const texts = [...(verdictStrip(rows) as Markup).text.matchAll(/<span[^>]*>([^<]*)</g)].map(
    ([, text]) => text,
  );
  t.deepEqual(texts, ['1 reproduced', '1 agrees', '1 undecided', '1 disagrees', '1 cannot be compared']);
  t.is(verdictStrip([]), null);
});

test('a sentence for each claim about effects, those with most effects first', (t) => {
  t.deepEqual(verdictSentences(rows), [
    'SGS helps: of 2 effects, 1 undecided, 1 disagrees.',
    'LR helps: one effect, 1 agrees.',
  ]);
  t.deepEqual(
    claimGroups(rows).map(([claim, of]) => [claim, of.length]),
    [
      ['SGS helps', 2],
      ['LR helps', 1],
      ['parameters', 1],
      ['energy', 1],
    ],
  );
});
