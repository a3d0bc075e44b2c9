// What came out, as sentences in a cell: computed where the notebook runs, so that no prose goes stale.
import { escapeHtml } from '../escape.js';
import { show } from './channel.js';

/** Shows sentences as a list under the words “What came out.”; nothing where there are none. */
export function findings(sentences: readonly string[]): void {
  if (sentences.length === 0) return;
  const title = 'What came out.';
  show({
    'text/html': `<p><b>${title}</b></p><ul>${sentences.map((sentence) => `<li>${escapeHtml(sentence)}</li>`).join('')}</ul>`,
    'text/plain': [title, ...sentences.map((sentence) => `• ${sentence}`)].join('\n'),
  });
}
