// A diagnosis in a notebook's cell: findings as a list, then the figures. Outside a notebook it is printed.
import { show } from '../cell/output.js';
import { plot } from '../display/plot.js';
import { escapeHtml } from '../text.js';
import type { Diagnosis, DiagnosisRow } from './diagnose.js';
import { diagnosisFigures } from './figures.js';
import { diagnosisText, headlines } from './text.js';

const MARKS: Record<DiagnosisRow['severity'], string> = { fault: 'fault', look: 'look', usual: 'as usual' };

/**
 * Shows what was found, the worst first, and the figures by layer and step.
 *
 * @param diagnosis - from `diagnose` or `diagnoseRun`
 * @returns resolves when all of it is shown
 */
export async function showDiagnosis(diagnosis: Diagnosis): Promise<void> {
  show({ 'text/html': diagnosisHtml(diagnosis), 'text/plain': diagnosisText(diagnosis) });
  for (const figure of diagnosisFigures(diagnosis)) await plot(figure);
}

/** The list as HTML. Names of layers and networks are text, whatever they hold. */
export function diagnosisHtml(diagnosis: Diagnosis): string {
  const [subject, verdict] = headlines(diagnosis).map(escapeHtml);
  const items = (['fault', 'look', 'usual'] as const).flatMap((severity) =>
    diagnosis.findings.filter((finding) => finding.severity === severity).map(item),
  );
  return `<p><b>${subject}</b><br>${verdict}</p>\n<ul>\n${items.join('\n')}\n</ul>`;
}

function item({ severity, title, text, usual, advice }: DiagnosisRow): string {
  const said = `<b>${escapeHtml(title)}</b> (${MARKS[severity]}): ${escapeHtml(text)}`;
  if (severity === 'usual') return `<li>${said}</li>`;
  const tried = advice === undefined ? '' : `<br>Try: ${escapeHtml(advice)}.`;
  return `<li>${said}.<br>Usual: ${escapeHtml(usual)}.${tried}</li>`;
}
