import test from 'ava';
import { findingsOf, type Diagnosis } from '../../src/diagnosis/diagnose.js';
import { diagnosisHtml, showDiagnosis } from '../../src/diagnosis/show.js';
import { diagnosisText } from '../../src/diagnosis/text.js';
import { sampleFacts, sampleLayer } from '../helpers/diagnosis.js';
import { inCell, printed } from '../helpers/cell.js';

const facts = sampleFacts({ layers: [sampleLayer('<b>a', { dead: 1 })], network: '<script>' });
const diagnosis: Diagnosis = { run: null, weights: 'trained', findings: findingsOf(facts), facts };

test('diagnosisHtml: names are text; a fault says what is usual and what to try', (t) => {
  const html = diagnosisHtml(diagnosis);
  t.notRegex(html, /<script>|<b>a/);
  t.regex(
    html,
    /<li><b>dead neurons<\/b> \(fault\): 100 % of &lt;b&gt;a fires for none .*<br>Usual: .*<br>Try: /,
  );
  t.regex(html, /<li><b>finite numbers<\/b> \(as usual\): the loss is 1\.5<\/li>/);
});

test.serial('showDiagnosis: text outside a notebook; in a cell the list, then a figure each', async (t) => {
  const said = await printed(() => showDiagnosis(diagnosis));
  t.true(said.startsWith(diagnosisText(diagnosis)));
  t.regex(said, /figure “<script>: neurons by layer and step”/);
  const sent = await inCell(() => showDiagnosis(diagnosis));
  t.is(sent.length, 4);
  t.is(sent[0].data['text/html'], diagnosisHtml(diagnosis));
  t.deepEqual(
    sent.slice(1).map(({ data }) => 'image/png' in data),
    [true, true, true],
  );
});
