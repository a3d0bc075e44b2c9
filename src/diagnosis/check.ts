// The form of a check: one question that a researcher asks of a network that does not learn as it should. One file each in
// checks/; its index.ts lists them. Tests: test/diagnosis/checks/index.test.ts.
import { withMinus } from '../text.js';
import type { Facts } from './facts.js';

/** `fault`: explains a network that does not learn. `look`: outside of what is usual. `usual`: nothing to see. */
export type Severity = 'fault' | 'look' | 'usual';

/** Finding of a check, in words and with its number. */
export interface Finding {
  severity: Severity;
  /** Where: layers, a parameter or epochs; null for the whole. */
  where: string | null;
  /** The number that it is about: a share, a ratio, a cosine; null where it is none, or not finite. */
  value: number | null;
  /** One sentence with the number. */
  text: string;
  /** Advice; none where nothing is wrong. */
  advice?: string;
}

/** One question. */
export interface Check {
  /** As JSON names it. */
  name: string;
  /** As people read it. */
  title: string;
  /** The usual range, with its numbers. */
  usual: string;
  /** At least one finding, the worst first; none where the facts say nothing about it. */
  findings(facts: Facts): Finding[];
}

/** A share as percent: `97 %`, `0.3 %`. */
export const percent = (share: number): string =>
  `${share > 0 && share < 0.01 ? Number((100 * share).toPrecision(1)) : Math.round(100 * share)} %`;

/** A number with three digits. */
export const digits = (value: number): string => withMinus(String(Number(value.toPrecision(3))));

/** `c2.lif`, `c2.lif and c3.lif`, `c2.lif, c3.lif and 4 more`. */
export function named(names: readonly string[]): string {
  if (names.length <= 2) return names.join(' and ');
  return `${names.slice(0, 2).join(', ')} and ${names.length - 2} more`;
}
