// A paragraph of a notebook on the page or in Markdown: the three marks that its text uses, everything else as it stands.
import { escapeMarkdown } from '../text.js';
import { markup, type Markup } from './markup.js';

/**
 * Inline Markdown as markup: `code`, **strong** and *emphasis*. No links, no HTML: the text stays text, so a full Markdown
 * library, which would have to be kept from both, has nothing to add.
 */
export function prose(text: string): Markup {
  const parts = partsOf(text).map((part, i) => {
    if (i % 2 === 0) return part;
    if (part.startsWith('`')) return markup`<code>${part.slice(1, -1)}</code>`;
    return part.startsWith('**')
      ? markup`<strong>${part.slice(2, -2)}</strong>`
      : markup`<em>${part.slice(1, -1)}</em>`;
  });
  return markup`${parts}`;
}

/** The same as Markdown: what is marked stays marked, everything else is made inert. */
export const proseMarkdown = (text: string): string =>
  partsOf(text)
    .map((part, i) => {
      if (i % 2 === 0) return escapeMarkdown(part);
      if (part.startsWith('`')) return part;
      const mark = part.startsWith('**') ? '**' : '*';
      return mark + escapeMarkdown(part.slice(mark.length, -mark.length)) + mark;
    })
    .join('');

/** With one group, split gives what is between the marks at even places and the marked parts at odd ones. */
const partsOf = (text: string): string[] => text.split(/(`[^`]+`|\*\*[^*]+\*\*|\*[^*\s][^*]*\*)/);
