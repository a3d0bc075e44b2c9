// What is printed for people to read: nothing in it moves the cursor, sets a title or writes to the clipboard, whatever
// names, keys and files are called.
import { inertLines } from './text.js';

/** Prints lines on stdout. */
export const print = (text: string): void => console.log(inertLines(text));

/** Prints lines on stderr: what is said about the work, not its result. */
export const tell = (text: string): void => console.error(inertLines(text));

/** Writes data on stdout, exactly as it is for a file or another program, inert for a terminal. */
export const printData = (text: string): void =>
  void process.stdout.write(process.stdout.isTTY ? inertLines(text) : text);
