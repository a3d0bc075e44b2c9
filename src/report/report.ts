// The report: one HTML file, made only from the outputs in a folder, that needs no network and no server.
import { join } from 'node:path';
import { writeWhole } from '../files/whole.js';
import { readPaper } from '../figures/paper.js';
import { STUDIES } from '../studies/index.js';
import { effectsOf, forestPlot } from './forest.js';
import { ledgerSection } from './ledger.js';
import { markup, type Markup } from './markup.js';
import { notesSections } from './notes.js';
import { openRuns } from '../records/folder.js';
import type { StoredRecord } from '../records/record.js';
import { readOutputs, type Output, type Outputs } from './outputs.js';
import { page } from './page.js';
import { anchorOf, outputSection, summaryTable, titleOf } from './parts.js';
import { RECORDS_TITLE, recordsSection } from './records.js';
import { verdictSentences, verdictStrip } from './verdicts.js';

/** What the report says about itself. */
export interface ReportSettings {
  /** Where the outputs are; the report goes there too. */
  folder: string;
  title: string;
  /** What the reader looks at, a paragraph each; plain text. */
  introduction?: readonly string[];
  /** Commands that make everything again. */
  commands?: readonly string[];
  /** The folder of the records: those behind the outputs are listed, and their ids link there. Default: none are. */
  runs?: string;
  /** Address of the page that trains in the browser, which records link to that it can run. Default: none do. */
  page?: string;
  /** Notebooks in the order of their sections; those not named follow in alphabetical order. */
  order?: readonly string[];
}

/**
 * Writes `index.html`: the summary "paper / ours / verdict", what each notebook asks and says, every figure (live when
 * scrolled to, a picture before and without scripts), every table, the provenance of each, and the ledger of the paper's
 * equations, figures and tables.
 *
 * Its content security policy lets only the page's own two scripts run and nothing load, so that no text that
 * came with the data can do either. The same outputs give the same bytes.
 *
 * @returns the path written
 * @throws DataError when an output cannot be read, UnsupportedError when plotly.js-dist-min is not installed
 */
export function buildReport(settings: ReportSettings): string {
  const file = join(settings.folder, 'index.html');
  writeWhole(file, reportPage(readOutputs(settings.folder), settings).text);
  return file;
}

function reportPage({ outputs, summary, notes }: Outputs, settings: ReportSettings): Markup {
  const { title, introduction = [], commands = [], order = ['first-results'] } = settings;
  const groups = groupByNotebook(outputs, order);
  const records = settings.runs === undefined ? [] : recordsBehind(outputs, settings.runs);
  const listed = new Set(records.map(({ id }) => id));
  const sections = groups.map(([notebook, members]) => {
    const { above, below } = notesSections(notes.get(notebook));
    return markup`<h2 id="${groupAnchor(notebook)}">${groupTitle(notebook)}</h2>
${above}
${members.map((output, i) => outputSection(output, { listed, trained: trainingsOf(output) !== trainingsOf(members[i - 1]) }))}${below}`;
  });
  return page({
    title,
    header: markup`${introduction.map((paragraph) => markup`<p>${paragraph}</p>\n`)}
${verdictStrip(summary)}
${forestPlot(effectsOf(summary))}
${verdictSentences(summary).map((sentence) => markup`<p>${sentence}</p>\n`)}
<details class="about"><summary>${contentsOf(outputs)} Everything is in this file; it loads nothing.</summary>
${commands.length === 0 ? null : markup`<pre><code>${commands.join('\n')}</code></pre>`}</details>`,
    main: markup`${navigation(groups, records.length > 0)}
<h2 id="summary">${SUMMARY_TITLE}</h2>
${summaryTable(summary, new Set(outputs.map(({ stem }) => stem)))}
${sections}
<h2 id="ledger">${LEDGER_TITLE}</h2>
${ledgerSection(readPaper('ledger'))}
${recordsSection(records, settings.page)}`,
    footer: markup`The paper: ${PAPER} <a href="https://doi.org/10.1007/s10489-023-04966-x">doi 10.1007/s10489-023-04966-x</a>. Figures are drawn with Plotly.js.`,
  });
}

const SUMMARY_TITLE = 'Paper, ours, verdict';
const LEDGER_TITLE = 'Every equation, figure and table of the paper';

const PAPER =
  'T. Chen, S. Wang, Y. Gong, L. Wang, S. Duan, Surrogate gradient scaling for directly training spiking neural networks, Applied Intelligence 53, 27966–27981 (2023),';

/** What stands behind an output, as one text: what is the same as in the output before it is said once. */
const trainingsOf = (output: Output | undefined): string | undefined =>
  output?.about?.origin.trainings?.join('; ');

/** The records that the outputs name, as far as the folder has them. */
function recordsBehind(outputs: readonly Output[], folder: string): StoredRecord[] {
  const wanted = new Set(outputs.flatMap(({ about }) => about?.origin.records ?? []));
  return openRuns(folder)
    .list()
    .records.filter(({ id }) => wanted.has(id));
}

/** How much is in the report, in a sentence. */
function contentsOf(outputs: readonly Output[]): string {
  const figures = outputs.filter(({ figure }) => figure !== null).length;
  const tables = outputs.filter(({ csv }) => csv !== null).length;
  const records = new Set(outputs.flatMap(({ about }) => about?.origin.records ?? [])).size;
  return `${figures} figures and ${tables} tables from ${records} records.`;
}

function navigation(groups: readonly [string, Output[]][], hasRecords: boolean): Markup {
  const items = groups.map(([notebook, members]) => {
    const links = members.map(
      (output) => markup`<li><a href="#${anchorOf(output.stem)}">${titleOf(output)}</a></li>`,
    );
    return markup`<details><summary><a href="#${groupAnchor(notebook)}">${groupTitle(notebook)}</a></summary><ul>${links}</ul></details>\n`;
  });
  return markup`<nav aria-label="Contents">
<h2>Contents</h2>
<div class="all"><a href="#summary">${SUMMARY_TITLE}</a></div>
${items}<div class="all"><a href="#ledger">${LEDGER_TITLE}</a></div>
${hasRecords ? markup`<div class="all"><a href="#records">${RECORDS_TITLE}</a></div>\n` : null}</nav>`;
}

/** The heading of a notebook's part: its study's title, or its stem in words, `my-notebook` → `My notebook`. */
const groupTitle = (notebook: string): string =>
  STUDIES.find(({ stem }) => stem === notebook)?.title ??
  notebook.charAt(0).toUpperCase() + notebook.slice(1).replaceAll('-', ' ');

const groupAnchor = (notebook: string): string => `notebook-${notebook.replaceAll(/[^A-Za-z0-9]+/g, '-')}`;

function groupByNotebook(outputs: readonly Output[], order: readonly string[]): [string, Output[]][] {
  const groups = new Map<string, Output[]>(order.map((notebook) => [notebook, []]));
  for (const output of outputs) {
    const notebook = output.about?.origin.notebook ?? 'other outputs';
    groups.set(notebook, [...(groups.get(notebook) ?? []), output]);
  }
  const named = order.flatMap((notebook) => [[notebook, groups.get(notebook) ?? []] as [string, Output[]]]);
  const others = [...groups].filter(([notebook]) => !order.includes(notebook));
  others.sort(([a], [b]) => (a < b ? -1 : 1));
  return [...named, ...others].filter(([, members]) => members.length > 0);
}
