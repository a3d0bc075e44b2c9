// The records behind the outputs: a row each, with an anchor to which every id of the report links.
import { noiseTitle } from '../data/images/noise-definitions.js';
import { dataTitle } from '../data/sets/index.js';
import { measures } from '../measures/index.js';
import { networkLabel } from '../network/architectures.js';
import { addressOf } from '../page/runnable.js';
import type { EvaluationRecord, RunRecord, StoredRecord } from '../records/record.js';
import { deltaText } from '../surrogates/delta.js';
import { type Fragment, markup, type Markup } from './markup.js';

/** Ids of the records that the page lists: an id among them becomes a link. */
export type Listed = ReadonlySet<string>;

/** Characters that distinguish an id: its kind and eight digits. */
const brief = (id: string): string => id.slice(0, id.indexOf('-') + 9);

/**
 * An id of a record: a link to its row where the page lists it.
 *
 * @param short - whether a link shows its first digits only; default false
 */
export const recordId = (id: string, listed: Listed, short = false): Markup =>
  listed.has(id)
    ? markup`<a class="id" href="#${id}">${short ? brief(id) : id}</a>`
    : markup`<span class="id">${id}</span>`;

/**
 * Two tables: trainings with their settings and accuracy, evaluations with what they are of. Null without records.
 *
 * @param records - in any order
 * @param page - address of the page that trains in the browser: records that it can run link there
 */
export function recordsSection(records: readonly StoredRecord[], page?: string): Fragment {
  if (records.length === 0) return null;
  const runs = records.filter((record): record is RunRecord => record.kind === 'run').sort(bySettings);
  const evaluations = records.filter((record): record is EvaluationRecord => record.kind === 'evaluation');
  const listed = new Set(records.map(({ id }) => id));
  const place = new Map(runs.map(({ id }, i) => [id, i]));
  const placeOf = ({ of }: EvaluationRecord): number => place.get(of) ?? Infinity;
  evaluations.sort((a, b) => compared([asked(a), placeOf(a), a.id], [asked(b), placeOf(b), b.id]));
  return markup`<section class="records">
<h2 id="records">${RECORDS_TITLE}</h2>
<p><code>sgs runs show</code> with an id, or the first digits of one, prints the record whole.${page !== undefined && runs.some((run) => addressOf(page, run)) ? HERE : null}</p>
${folded(
  'trainings',
  ['record', 'test, %', ...Object.keys(SETTINGS)],
  runs.map((run) => runLine(run, page)),
)}
${folded(
  'evaluations',
  ['record', 'what', 'of'],
  evaluations.map((record) => evaluationLine(record, listed)),
)}
</section>`;
}

const HERE = markup` Small trainings link to a page that runs them in the browser and compares the weights: <code>npm run page</code> makes it, and a server of files shows it.`;

/** The section's heading. */
export const RECORDS_TITLE = 'Records';

const SETTINGS: Readonly<Record<string, (run: RunRecord) => string | number>> = {
  data: ({ data }) => dataTitle(data.name),
  images: ({ data }) => data.split.train,
  network: ({ experiment }) => networkLabel(experiment.network),
  T: ({ experiment }) => experiment.steps,
  epochs: ({ experiment }) => experiment.epochs,
  surrogate: ({ experiment }) => experiment.neuron.surrogate.name,
  δ: ({ experiment }) => deltaText(experiment.neuron.delta),
  β: ({ experiment }) => experiment.lipschitz.beta,
  engine: ({ numerics }) => numerics.engine,
  seed: ({ experiment }) => experiment.seed,
};

const valuesOf = (run: RunRecord): (string | number)[] => Object.values(SETTINGS).map((of) => of(run));

const bySettings = (a: RunRecord, b: RunRecord): number =>
  compared([...valuesOf(a), a.id], [...valuesOf(b), b.id]);

function compared(a: readonly (string | number)[], b: readonly (string | number)[]): number {
  const at = a.findIndex((value, i) => value !== b[i]);
  return at < 0 ? 0 : a[at] < b[at] ? -1 : 1;
}

/** What an evaluation asked, in words: `accuracy under noise: Gaussian σ on pixels`. */
function asked({ evaluation }: EvaluationRecord): string {
  const { title } = measures[evaluation.kind];
  return typeof evaluation.definition === 'string' ? `${title}: ${noiseTitle(evaluation.definition)}` : title;
}

function runLine(run: RunRecord, page?: string): Markup {
  const address = page === undefined ? undefined : addressOf(page, run);
  const link = address === undefined ? null : markup` <a href="${address}">run in the browser</a>`;
  const { testAccuracy } = run.outcome;
  const cells = valuesOf(run).map((value) => markup`<td>${value}</td>`);
  return markup`<tr id="${run.id}"><td class="id">${run.id}${link}</td><td>${
    testAccuracy === undefined ? run.outcome.status : (100 * testAccuracy).toFixed(2)
  }</td>${cells}</tr>\n`;
}

const evaluationLine = (record: EvaluationRecord, listed: Listed): Markup =>
  markup`<tr id="${record.id}"><td class="id">${record.id}</td><td>${asked(record)}</td><td>${recordId(record.of, listed)}</td></tr>\n`;

const folded = (what: string, head: readonly string[], lines: readonly Markup[]): Fragment =>
  lines.length === 0
    ? null
    : markup`<details><summary>${lines.length} ${what}</summary><div class="scroll tall"><table class="records">
<thead><tr>${head.map((name) => markup`<th scope="col">${name}</th>`)}</tr></thead>
<tbody>
${lines}</tbody>
</table></div></details>`;
