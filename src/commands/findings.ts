// The output of `sgs doctor`: sections of lines, each with a mark, and the remedy on a line of its own. Tests:
// test/commands/reach.slow.ts.
import { terminalWidth } from '../display/print-table.js';
import { wrapped } from '../display/wrap.js';
import { print } from '../print.js';

/** ✓ works; ✗ is broken and should not be; – is not there, which may be as it should. */
export type Mark = '✓' | '✗' | '–';

/** One finding. */
export interface Finding {
  mark: Mark;
  what: string;
  found: string;
  /** Its remedy. */
  remedy?: string;
}

const WHAT = 14;
const WIDEST = 80;

/** Prints a heading and what was found. */
export function printSection(heading: string, findings: readonly Finding[]): void {
  print(`\n${heading}`);
  for (const { mark, what, found, remedy } of findings) {
    const lead = `  ${mark} ${what.padEnd(WHAT)}`;
    const width = Math.min(WIDEST, terminalWidth());
    print(wrapped(found, width, lead));
    if (remedy !== undefined) print(wrapped(remedy, width, `${' '.repeat(lead.length)}→ `));
  }
}
