// A diagnosis as text, for a terminal of 80 columns.
import { renderTable } from '../display/table.js';
import { digits } from './check.js';
import type { Diagnosis, DiagnosisRow } from './diagnose.js';

const COLUMNS = 80;
const MARKS: Record<DiagnosisRow['severity'], string> = { fault: 'FAULT', look: 'look ', usual: 'ok   ' };
/** Most rows of the table by layer and step; the figures and JSON have all. */
const MOST_ROWS = 40;

/** A text in lines of at most 80 columns, those after the first under its first word. */
export function wrapped(text: string, first: string, columns = COLUMNS): string {
  const indent = ' '.repeat(first.length);
  const lines: string[] = [];
  let line = first;
  let empty = true;
  for (const word of text.split(' ')) {
    if (!empty && line.length + 1 + word.length > columns) {
      lines.push(line);
      [line, empty] = [indent, true];
    }
    line += empty ? word : ` ${word}`;
    empty = false;
  }
  return [...lines, line].join('\n');
}

/** One line on the network and its data, and one that counts the findings. */
export function headlines({ run, weights, findings, facts }: Diagnosis): [subject: string, verdict: string] {
  const { network, examples, settings } = facts;
  const state = weights === 'initial' ? ', before the first update' : '';
  const subject = `${run === null ? '' : `${run}: `}${network}${state}; ${examples} examples, T = ${settings.steps}`;
  const count = (severity: DiagnosisRow['severity']): number =>
    findings.filter((finding) => finding.severity === severity).length;
  const [faults, looks] = [count('fault'), count('look')];
  const verdict =
    faults + looks === 0
      ? `nothing out of the usual in ${findings.length} checks`
      : `${faults} ${faults === 1 ? 'fault' : 'faults'}, ${looks} to look at, ${count('usual')} as usual`;
  return [subject, verdict];
}

/**
 * Everything that was found, the worst first: number, what is usual, what to try; then layers by step.
 *
 * @param diagnosis - from `diagnose` or `diagnoseRun`
 * @returns lines of at most 80 columns
 */
export function diagnosisText(diagnosis: Diagnosis): string {
  const { findings } = diagnosis;
  const paragraphs = (['fault', 'look', 'usual'] as const).flatMap((severity) =>
    findings.filter((finding) => finding.severity === severity).map(tell),
  );
  const layers = layerRows(diagnosis);
  const shown = layers.slice(0, MOST_ROWS);
  const note = layers.length > shown.length ? [`${shown.length} of ${layers.length} rows`] : [];
  return [
    ...headlines(diagnosis).map((line) => wrapped(line, '')),
    '',
    paragraphs.join('\n'),
    ...(layers.length > 0 ? ['', renderTable(shown, { limit: MOST_ROWS })['text/plain'], ...note] : []),
  ].join('\n');
}

function tell({ severity, title, text, usual, advice }: DiagnosisRow): string {
  const lines = [wrapped(`${title}: ${text}`, `${MARKS[severity]} `)];
  if (severity !== 'usual') lines.push(wrapped(usual, '      usual: '));
  if (advice !== undefined) lines.push(wrapped(advice, '      try:   '));
  return lines.join('\n');
}

/** Layers by step: shares in percent, and the gradient's norm. */
function layerRows({ facts: { layers } }: Diagnosis): object[] {
  const percent = (share: number): number => Number((100 * share).toFixed(1));
  return layers.flatMap((layer) =>
    layer.spikeRate.map((rate, t) => ({
      layer: layer.layer.length > 24 ? `…${layer.layer.slice(-23)}` : layer.layer,
      step: t + 1,
      'fires %': percent(rate),
      'dead %': percent(layer.deadAt[t]),
      'sat. %': percent(layer.saturatedAt[t]),
      'window %': percent(layer.windowDensity[t]),
      gradient: digits(layer.gradientNorm[t]),
    })),
  );
}
