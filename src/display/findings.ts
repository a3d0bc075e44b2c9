// Findings as sentences in a cell: computed where the notebook runs, so that no prose goes stale.
import { show } from '../cell/output.js';
import { escapeHtml } from '../text.js';

const TITLE = 'What came out.';
const BULLET = '• ';

/**
 * Shows sentences as a list under the words “What came out.”; nothing where there are none.
 *
 * @param sentences - plain text; markup in it is shown, not obeyed
 */
export function findings(sentences: readonly string[]): void {
  if (sentences.length === 0) return;
  show({
    'text/html': `<p><b>${TITLE}</b></p><ul>${sentences.map((sentence) => `<li>${escapeHtml(sentence)}</li>`).join('')}</ul>`,
    'text/plain': [TITLE, ...sentences.map((sentence) => `${BULLET}${sentence}`)].join('\n'),
  });
}

/** The sentences again, from the text that `findings` shows; none from any other text. */
export function findingsIn(text: string): string[] {
  const [first, ...lines] = text.split('\n');
  return first === TITLE ? lines.map((line) => line.slice(BULLET.length)) : [];
}
