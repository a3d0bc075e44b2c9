// Printing for people: nothing in it moves the cursor, sets a title or writes to the clipboard, whatever names, keys and files are
// called.
import { inertLines } from './text.js';

/** ANSI colours of the marks that stand first in a line: green, red, yellow. */
const COLOURS: Readonly<Record<string, number>> = { '✓': 32, '✗': 31, '–': 33 };

/** The marks coloured, where the terminal has colours and `NO_COLOR` is not set. */
const coloured = (text: string): string =>
  process.stdout.isTTY && process.stdout.hasColors?.()
    ? text.replace(
        /^( *)([✓✗–])(?= )/gm,
        (_, before: string, mark: string) => `${before}\x1b[${COLOURS[mark]}m${mark}\x1b[39m`,
      )
    : text;

/** Prints lines on stdout. */
export const print = (text: string): void => console.log(coloured(inertLines(text)));

/** Prints lines on stderr: what is said about the work, not its result. */
export const tell = (text: string): void => console.error(inertLines(text));

/** Writes data on stdout, exactly as it is for a file or another program, inert for a terminal. */
export const printData = (text: string): void =>
  void process.stdout.write(process.stdout.isTTY ? inertLines(text) : text);
