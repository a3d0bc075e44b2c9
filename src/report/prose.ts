// A paragraph of a notebook on the page: the three marks that its text uses, everything else as it stands.
import { markup, type Markup } from './markup.js';

/**
 * Inline Markdown as markup: `code`, **strong** and *emphasis*. No links, no HTML: the text stays text, so a full Markdown
 * library, which would have to be kept from both, has nothing to add.
 */
export function prose(text: string): Markup {
  // With one group, split gives what is between the marks at even places and the marked parts at odd ones.
  const parts = text.split(/(`[^`]+`|\*\*[^*]+\*\*|\*[^*\s][^*]*\*)/).map((part, i) => {
    if (i % 2 === 0) return part;
    if (part.startsWith('`')) return markup`<code>${part.slice(1, -1)}</code>`;
    return part.startsWith('**')
      ? markup`<strong>${part.slice(2, -2)}</strong>`
      : markup`<em>${part.slice(1, -1)}</em>`;
  });
  return markup`${parts}`;
}
