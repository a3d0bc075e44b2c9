// A diagnosis as text: the worst first, within 80 columns.
import test from 'ava';
import { findingsOf, type Diagnosis } from '../../src/diagnosis/diagnose.js';
import type { Facts } from '../../src/diagnosis/facts.js';
import { diagnosisText, wrapped } from '../../src/diagnosis/text.js';
import { sampleFacts, sampleLayer } from '../helpers/diagnosis.js';

const of = (more: Partial<Facts>, run: string | null = null): Diagnosis => {
  const facts = sampleFacts(more);
  return { run, weights: 'initial', findings: findingsOf(facts), facts };
};

test('diagnosisText: subject, verdict, what is wrong with what is usual and what to try, then the layers by step', (t) => {
  const text = diagnosisText(of({ layers: [sampleLayer('a', { dead: 0.97 }), sampleLayer('b')] }, 'run-1'));
  const lines = text.split('\n');
  t.is(lines[0], 'run-1: sample, before the first update; 100 examples, T = 2');
  t.is(lines[1], '1 fault, 0 to look at, 9 as usual');
  t.is(lines[3], 'FAULT dead neurons: 97 % of a fires for none of 100 examples at any step');
  t.regex(lines[4], /^ {6}usual: below 10 % of a layer/);
  t.regex(text, /\n {6}try: {3}lower neuron\.theta/);
  t.true(text.indexOf('FAULT') < text.indexOf('ok   '));
  t.regex(text, /\na {9}1 {7}25 {6}10 {7}0 {8}40 {2}0\.01\n/);
  t.is(diagnosisText(of({})).split('\n')[1], 'nothing out of the usual in 10 checks');
});

test('no line is longer than 80 columns, with long names and many layers too; the table ends after 40 rows', (t) => {
  const long = 'a.very.long.name.of.a.layer.in.a.deep.network';
  const layers = Array.from({ length: 30 }, (_, i) =>
    sampleLayer(`${long}${i}`, { dead: 1, saturated: 0.2 }),
  );
  const text = diagnosisText(of({ layers, network: 'n'.repeat(70) }, 'run-0123456789abcdef'));
  for (const line of text.split('\n').filter((each) => each.includes(' '))) t.true(line.length <= 80, line);
  t.regex(text, /\n40 of 60 rows$/);
});

test('wrapped: words under the first; a word that is too long stands alone', (t) => {
  t.is(wrapped('one two three', '> ', 9), '> one two\n  three');
  t.is(wrapped('abcdefghijkl mn', '> ', 9), '> abcdefghijkl\n  mn');
});
