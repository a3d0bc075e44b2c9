// The table of records: an anchor for each, settings in words, evaluations linked to what they are of.
import test from 'ava';
import { JSDOM } from 'jsdom';
import { addressOf } from '../../src/page/runnable.js';
import { csvTable } from '../../src/report/numbers.js';
import { recordId, recordsSection } from '../../src/report/records.js';
import { markup } from '../../src/report/markup.js';
import { evaluationOf, sampleRun } from '../helpers/records.js';

const documentOf = (html: string): Document => new JSDOM(html).window.document;
const cellsOf = (row: Element | null): (string | null)[] =>
  Array.from(row?.querySelectorAll('td') ?? [], ({ textContent }) => textContent);

test('recordsSection: trainings by settings, an anchor each; an evaluation says what it asked and links to its training', (t) => {
  const run = sampleRun();
  const second = {
    ...run,
    id: 'run-second',
    experiment: { ...run.experiment, seed: run.experiment.seed + 1 },
  };
  const noise = {
    ...evaluationOf(run, 'noise', [], { definition: 'salt-pepper-pixels' }),
    id: 'eval-noise',
  };
  const gone = { ...evaluationOf(run, 'energy', []), id: 'eval-gone', of: 'run-gone' };
  const document = documentOf(markup`${recordsSection([noise, second, gone, run])}`.text);
  const [trainings, evaluations] = document.querySelectorAll('tbody');
  t.deepEqual(
    Array.from(trainings.querySelectorAll('tr'), ({ id }) => id),
    [run.id, 'run-second'],
  );
  t.deepEqual(cellsOf(document.getElementById(run.id)), [
    run.id,
    (100 * run.outcome.testAccuracy!).toFixed(2),
    'shapes10',
    '100',
    'convNet',
    String(run.experiment.steps),
    String(run.experiment.epochs),
    'rectangle',
    '0.0001',
    String(run.experiment.lipschitz.beta),
    run.numerics.engine,
    String(run.experiment.seed),
  ]);
  t.deepEqual(Array.from(evaluations.querySelectorAll('tr'), cellsOf), [
    ['eval-noise', 'accuracy under noise: salt and pepper on whole pixels', run.id],
    ['eval-gone', 'spike rates, operations and energy, under every counting', 'run-gone'],
  ]);
  t.deepEqual(
    Array.from(evaluations.querySelectorAll('a'), (link) => link.getAttribute('href')),
    [`#${run.id}`],
    'no link to a record that is not listed',
  );
  t.is(recordsSection([]), null);
});

test('recordsSection: a training that the page can run links there, where there is a page; no other does', (t) => {
  const run = { ...sampleRun(), numerics: { ...sampleRun().numerics, engine: 'event' } };
  const large = { ...run, id: 'run-large', macs: 1e9 };
  const document = documentOf(markup`${recordsSection([run, large], '../page/index.html')}`.text);
  const links = Array.from(document.querySelectorAll('tbody a'), (link) => link.getAttribute('href'));
  t.deepEqual(links, [addressOf('../page/index.html', run)]);
  t.is(document.querySelector('tbody a')!.closest('tr')!.id, run.id);
  t.regex(document.body.textContent!, /npm run page makes it/);
  for (const section of [recordsSection([run]), recordsSection([large], 'page')])
    t.notRegex(markup`${section}`.text, /npm run page/);
});

test('ids in cells and lists link to records that are listed, and to no other', (t) => {
  const id = 'run-0123456789abcdef';
  const { table } = csvTable(`runs\n${id} eval-0123456789abcdef\n`, new Set([id]));
  const cell = documentOf(table.text).querySelector('td')!;
  t.is(
    cell.innerHTML,
    `<a class="id" href="#${id}">run-01234567</a> <span class="id">eval-0123456789abcdef</span>`,
    'several: by their first digits',
  );
  t.is(cell.className, 'ids');
  t.is(recordId(id, new Set([id])).text, `<a class="id" href="#${id}">${id}</a>`);
  t.is(recordId('<b>', new Set()).text, '<span class="id">&lt;b&gt;</span>');
});
