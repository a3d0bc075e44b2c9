// A fault in an equation: which equation, where in it, what was found and what was expected. Tests: test/equations/parse.test.ts.
import { SettingsError } from '../errors.js';
import { inertText } from '../text.js';

/** A text with an equation, and what to call it in an error. */
export interface Place {
  /** For example `neuron "plif", step 2`. */
  label: string;
  text: string;
}

/** As much of a line as is shown on either side of the place. */
const SHOWN = 40;

/** The line around the place, made inert, and a caret below the place. */
function excerpt(text: string, at: number): string {
  const from = Math.max(0, at - SHOWN);
  const before = inertText(text.slice(from, at));
  const after = inertText(text.slice(at, at + SHOWN));
  const [left, right] = [from > 0 ? '…' : '', at + SHOWN < text.length ? '…' : ''];
  return `  ${left}${before}${after}${right}\n  ${' '.repeat(left.length + before.length)}^`;
}

/**
 * The error of an equation, with the line and a caret below the place.
 *
 * @param at - where in the text, from 0
 * @param found - what is wrong there
 * @param expected - what should stand there, or what to do
 */
export function equationError(
  { label, text }: Place,
  at: number,
  found: string,
  expected: string,
): SettingsError {
  const place = Math.max(0, Math.min(at, text.length));
  return new SettingsError(
    `${label}, column ${place + 1}: ${found}; expected ${expected}\n${excerpt(text, place)}`,
  );
}

/** A foreign word in quotes, cut off where it is long, and inert. */
export const quoted = (word: string): string =>
  `"${inertText(word.length > 40 ? `${word.slice(0, 40)}…` : word)}"`;
