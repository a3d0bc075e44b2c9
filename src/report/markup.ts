// HTML that is escaped unless said otherwise: a template tag, so that forgetting to escape is not possible.
import { escapeHtml } from '../text.js';

/** Markup that may enter a page as it is. */
export class Markup {
  constructor(readonly text: string) {}
}

/** What a template takes: markup as it is, text and numbers escaped, null as nothing, lists joined. */
export type Fragment = Markup | string | number | null | readonly Fragment[];

/**
 * Builds markup: every value is escaped, save those that are markup already.
 *
 * Not called `html`: formatters rewrite templates of that name, and the page's policy knows its scripts by their
 * exact text.
 */
export function markup(parts: TemplateStringsArray, ...values: readonly Fragment[]): Markup {
  return new Markup(parts.reduce((text, part, i) => text + render(values[i - 1]) + part));
}

function render(value: Fragment): string {
  if (value === null) return '';
  if (value instanceof Markup) return value.text;
  if (typeof value === 'string' || typeof value === 'number') return escapeHtml(String(value));
  return value.map(render).join('');
}
