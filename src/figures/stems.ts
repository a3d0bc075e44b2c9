// Places of an output's files: those of a notebook in a folder of its name, so that a listing reads by notebook.
import { join } from 'node:path';
import { SettingsError } from '../errors.js';

const STEM = /^[a-z0-9]+(-[a-z0-9]+)*$/;

/** Whether a text is lower-case words joined by hyphens. */
export const isStem = (text: string): boolean => STEM.test(text);

/** @throws SettingsError for a stem that is not lower-case words joined by hyphens: it could leave its folder */
export function checkStem(stem: string): void {
  if (!isStem(stem))
    throw new SettingsError(
      `output stem: expected lower-case words joined by hyphens, such as noise-robustness, got ${JSON.stringify(stem)}`,
    );
}

/** A notebook's rows of the summary, and what it says in words: files of its folder. */
export const SUMMARY_FILE = 'summary.json';
/** What a notebook says in words: a file of its folder. */
export const NOTES_FILE = 'notes.json';

/** Names that a figure may not have in its notebook's folder. */
const TAKEN: readonly string[] = [SUMMARY_FILE, NOTES_FILE].map((name) => name.replace('.json', ''));

/**
 * Where an output's files stand, from the folder of all outputs and without their ending: `energy/ratios` for the stem
 * `energy-ratios` of the notebook `energy`, `latency/latency` for `latency` of the notebook of that name. Stems that do not
 * begin with their notebook's name, and those of no notebook, stand in the folder itself.
 *
 * @param notebook - the notebook that makes the output; null for none
 */
export function fileBase(stem: string, notebook: string | null): string {
  if (notebook === null || !isStem(notebook)) return stem;
  if (stem === notebook) return join(notebook, stem);
  if (!stem.startsWith(`${notebook}-`)) return stem;
  const name = stem.slice(notebook.length + 1);
  // `a-a` would be taken for `a`, and `a-summary` would write over the summary.
  return name === notebook || TAKEN.includes(name) ? stem : join(notebook, name);
}

/** The stem of an output of which {@link fileBase} made this name in its notebook's folder. */
export const stemOf = (notebook: string, name: string): string =>
  name === notebook ? notebook : `${notebook}-${name}`;
