// Text from outside (labels, names, record fields) made inert before it enters HTML, XML, scripts, Markdown, CSV or a terminal.
import { SettingsError } from './errors.js';

const HTML_ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Escapes text for HTML and SVG, in element content and in quoted attribute values. */
export const escapeHtml = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => HTML_ENTITIES[character]);

/** What XML 1.0 cannot hold, or advises against: C0 but for tab and line ends, DEL, C1, halves of pairs, no characters. */
// oxlint-disable-next-line no-control-regex
const NOT_IN_XML = /[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]|\p{Cs}/gu;

/** Text as XML can hold it: a character that it cannot becomes U+FFFD. Markup is left as it is, see {@link escapeXml}. */
export const xmlCharacters = (text: string): string => text.replace(NOT_IN_XML, '\ufffd');

/** Escapes text for XML, SVG among it, in element content and in quoted attribute values. */
export const escapeXml = (text: string): string => escapeHtml(xmlCharacters(text));

/**
 * What a terminal obeys, or what turns the order of the text around: C0 (ESC among it), DEL, C1 (CSI and OSC among it),
 * marks, embeddings, overrides and isolates of direction, and separators of lines.
 */
// oxlint-disable-next-line no-control-regex
const OBEYED = /[\0-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g;

/** As JSON and JavaScript spell it, so that JSON stays the same JSON. */
const spelledOut = (character: string): string =>
  `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;

/** One line of text that a terminal shows and does not obey: `\u001b` stands for an escape character. */
export const inertText = (text: string): string => text.replace(OBEYED, spelledOut);

/** The same for lines of text: line feeds and tabs stay. */
export const inertLines = (text: string): string =>
  text.replace(OBEYED, (character) => ('\n\t'.includes(character) ? character : spelledOut(character)));

/**
 * JSON text that cannot leave a script element: `<`, `>`, `&`, U+2028 and U+2029 are written as `\uXXXX`, so
 * neither `</script>` nor `<!--` nor a line terminator can occur. The result is still JSON.
 *
 * It belongs into `<script type="application/json">`. As a JavaScript expression use {@link scriptLiteral}: in
 * source text, unlike in JSON, a key `__proto__` would set the prototype.
 *
 * @param value - anything JSON can hold
 * @throws SettingsError when the value has no JSON text (undefined, a function)
 */
export function jsonForScript(value: unknown): string {
  const text = JSON.stringify(value) as string | undefined;
  if (text === undefined)
    throw new SettingsError(`jsonForScript: ${typeof value} has no JSON text; give a value JSON can hold`);
  return text.replace(
    /[<>&\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/**
 * A JavaScript expression that evaluates to a value, safe inside a script element: `JSON.parse("…")`.
 *
 * @param value - anything JSON can hold; keys such as `__proto__` come back as ordinary keys
 * @throws SettingsError when the value has no JSON text
 */
export const scriptLiteral = (value: unknown): string => `JSON.parse(${jsonForScript(jsonForScript(value))})`;

/**
 * Escapes text for one Markdown table cell or other inline Markdown: markup, HTML, table bars, formulas
 * (`$`) and backslashes become plain characters, line breaks become spaces.
 */
export const escapeMarkdown = (text: string): string =>
  text
    .replace(/[\\`*_{}[\]#|~$!]/g, '\\$&')
    .replace(/[&<>]/g, (character) => HTML_ENTITIES[character])
    .replace(/\s*[\r\n\u2028\u2029]\s*/g, ' ');

// What a spreadsheet takes for the start of a formula, blanks before it included; the wide forms count in Excel too.
const FORMULA = /^\s*[=+\-@＝＋－＠]|^[\t\r\n]/;

const PLAIN_NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

/**
 * One cell of a CSV file (RFC 4180), inert in a spreadsheet: text that would start a formula (`=`, `+`, `-`, `@`,
 * tab, carriage return, line feed) gets an apostrophe in front. Numbers, and text that is just a number, stay as they are.
 *
 * @param value - null and undefined give an empty cell; anything but text is written as `String` writes it
 * @returns the cell, quoted where it needs to be, without a separator
 */
export function csvCell(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'number' || typeof value === 'bigint' || typeof value === 'boolean')
    return String(value);
  const text = String(value);
  const inert = FORMULA.test(text) && !PLAIN_NUMBER.test(text) ? `'${text}` : text;
  return /[",;\t\r\n]|^\s|\s$/.test(inert) ? `"${inert.replaceAll('"', '""')}"` : inert;
}

/** A number's text with a true minus sign: `-0.42` → `−0.42`; exponents stay as programs write them. */
export const withMinus = (number: string): string => number.replace(/^-/, '−');

/**
 * Text with a true minus sign before each number that has a hyphen for one: `[-0.59, -0.25]` → `[−0.59, −0.25]`. Words
 * (`salt-pepper-2`), dates and exponents keep their hyphens.
 */
export const minusInText = (text: string): string => text.replace(/(?<![\p{L}\p{N}_.)-])-(?=\.?\d)/gu, '−');
