// Text below the options of a command, in lines as long as the terminal has.
import type { AddHelpTextContext } from 'commander';
import { reflowed } from '../display/wrap.js';

/** Characters of a line that eyes still follow, and of a terminal that says nothing of itself: as commander has it. */
const LONGEST = 100;
const USUAL = 80;

/** Text for `addHelpText`: its paragraphs fit the terminal, examples stay as they are typed. */
export const fitted =
  (text: string) =>
  ({ command }: AddHelpTextContext): string =>
    reflowed(text, Math.min(LONGEST, command.configureOutput().getOutHelpWidth?.() ?? USUAL));
