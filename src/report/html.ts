// HTML that is escaped unless said otherwise: a template tag, so that forgetting to escape is not possible.
import { escapeHtml } from '../escape.js';

/** Markup that may enter a page as it is. */
export class Html {
  constructor(readonly markup: string) {}
}

/** What a template takes: markup as it is, text and numbers escaped, null as nothing, lists joined. */
export type Fragment = Html | string | number | null | readonly Fragment[];

/** Builds markup: every value is escaped, save those that are markup already. */
export function html(parts: TemplateStringsArray, ...values: readonly Fragment[]): Html {
  return new Html(parts.reduce((text, part, i) => text + render(values[i - 1]) + part));
}

function render(value: Fragment): string {
  if (value === null) return '';
  if (value instanceof Html) return value.markup;
  if (typeof value === 'string' || typeof value === 'number') return escapeHtml(String(value));
  return value.map(render).join('');
}
