// RESULTS.md: the numbers of the report as Markdown, for readers of the repository. No number in it is typed by hand.
import { existsSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileBase } from '../figures/stems.js';
import { toMarkdown, toTable } from '../figures/table.js';
import { writeWhole } from '../files/whole.js';
import type { NotebookNotes } from '../notebooks/notes.js';
import { notebooksRoot } from '../paths.js';
import { openRuns } from '../records/folder.js';
import type { RunRecord } from '../records/record.js';
import { STUDIES } from '../studies/index.js';
import type { Study } from '../studies/study.js';
import { escapeMarkdown, minusInText } from '../text.js';
import { accuracyRows, machineLines } from './accuracies.js';
import { claimRows } from './claim-rows.js';
import { effectClaimNotes } from './effect-claims.js';
import { type Output, type Outputs, readOutputs } from './outputs.js';
import { titleOf } from './parts.js';
import { proseMarkdown } from './prose.js';
import { resultRows } from './result-rows.js';

/** Where things are that RESULTS.md is made of. */
export interface ResultsSettings {
  /** The folder of the outputs. */
  figures: string;
  /** The folder of the records. */
  runs: string;
  /** The file to write; its links start from its folder. */
  file: string;
}

/** Writes RESULTS.md as {@link resultsText} has it; returns the path. */
export function buildResults(settings: ResultsSettings): string {
  writeWhole(settings.file, resultsText(settings));
  return settings.file;
}

/**
 * The text of RESULTS.md: what the paper claims beside what came out, every accuracy with what it rests on, and for each study
 * its question, its numbers and what it found. The same outputs and records give the same text.
 *
 * @throws DataError when an output cannot be read
 */
export function resultsText({ figures, runs, file }: ResultsSettings): string {
  const outputs = readOutputs(figures);
  const link = (path: string): string => relative(dirname(file), path).replaceAll('\\', '/');
  const parts = [
    headOf(link(join(figures, 'index.html'))),
    claimsOf(outputs),
    accuraciesOf(outputs.outputs, runs),
    ...STUDIES.flatMap((study) => studyPart(study, outputs, figures, link) ?? []),
  ];
  return `${parts.join('\n\n')}\n`;
}

const headOf = (report: string): string => `# Results

Written by \`sgs report\` from the outputs of the notebooks and the records behind them, as is the report with all figures, [${report}](${report}); \`sgs reproduce\` writes both too. Changes by hand would be lost.

Accuracies are those after the last epoch, in %, mean ± standard deviation over seeds; effects are differences in points, paired by seed, with 95 % *t* intervals over seeds only, not corrected for their number where no column says so.`;

function claimsOf({ summary }: Outputs): string {
  if (summary.length === 0) return '## Paper, ours, verdict\n\nNo claim has been compared yet.';
  const notes = effectClaimNotes(summary).map((text) => escapeMarkdown(text));
  return ['## Paper, ours, verdict', tableOf(claimRows(summary)), ...notes].join('\n\n');
}

function accuraciesOf(outputs: readonly Output[], folder: string): string {
  const wanted = new Set(outputs.flatMap(({ about }) => about?.origin.records ?? []));
  const runs = openRuns(folder)
    .list()
    .records.filter((record): record is RunRecord => record.kind === 'run' && wanted.has(record.id));
  const missing = [...wanted].filter((id) => id.startsWith('run-')).length - runs.length;
  const said =
    missing > 0
      ? [`${missing} of the trainings behind the outputs are not among the records here and not counted.`]
      : [];
  if (runs.length === 0)
    return ['## Accuracies', 'No training stands behind the outputs.', ...said].join('\n\n');
  return [
    '## Accuracies',
    'Every training behind the outputs, by setting; settings that no column shows differ where two rows look alike.',
    tableOf(accuracyRows(runs)),
    ...said,
    machineLines(runs)
      .map((line) => `- ${escapeMarkdown(line)}`)
      .join('\n'),
  ].join('\n\n');
}

/** A study's part, or nothing where it has no outputs and says nothing. */
function studyPart(
  study: Study,
  { outputs, notes }: Outputs,
  figures: string,
  link: (path: string) => string,
): string | undefined {
  const { stem, title } = study;
  const own = outputs.filter(({ about }) => about?.origin.notebook === stem);
  const said = notes.get(stem);
  if (own.length === 0 && said === undefined) return undefined;
  const at = ({ stem: name }: Output, ending: string): string =>
    encodeURI(link(join(figures, `${fileBase(name, stem)}.${ending}`)));
  const notebook = join(notebooksRoot(), `${stem}.ipynb`);
  const lines = [
    `## ${escapeMarkdown(title)}`,
    existsSync(notebook) ? `Notebook: [${stem}](${link(notebook)}).` : '',
    said?.question ? `**Question.** ${proseMarkdown(said.question)}` : '',
    own
      .map(
        (output) => `[${escapeMarkdown(titleOf(output))}](${at(output, output.svg === null ? 'md' : 'svg')})`,
      )
      .join(' · '),
  ];
  const tables = resultRows(study, own).map(({ output, rows }) => {
    const trainings = output.about?.origin.trainings ?? [];
    const trained = trainings.length === 0 ? [] : [`Trained on ${escapeMarkdown(trainings.join('; '))}.`];
    return [`### ${escapeMarkdown(titleOf(output))}`, ...trained, tableOf(rows)].join('\n\n');
  });
  return [...lines, ...tables, ...wordsOf(said)].filter((line) => line !== '').join('\n\n');
}

function wordsOf(notes: NotebookNotes | undefined): string[] {
  if (notes === undefined) return [];
  const findings = notes.findings.map((sentence) => `- ${escapeMarkdown(minusInText(sentence))}`);
  return [
    findings.length === 0 ? '' : `### What came out\n\n${findings.join('\n')}`,
    notes.differs === null ? '' : `**What differs and why.** ${proseMarkdown(notes.differs)}`,
  ];
}

const tableOf = (rows: readonly object[]): string => toMarkdown(toTable(rows), { digits: 12 }).trimEnd();
