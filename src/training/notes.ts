// Notes of a training, and its warnings, which are given once and kept in the record.
import { tell } from '../print.js';

/** See the head of the file. */
export class Notes {
  /** Suspicious facts, in the order in which they were found. */
  private readonly warnings: string[] = [];

  /** @param say - called with each line; default stderr */
  constructor(private readonly say: (line: string) => void = tell) {}

  note(line: string): void {
    this.say(line);
  }

  /** Prints and keeps the lines that are new. */
  warn(lines: readonly string[]): void {
    for (const line of lines) {
      if (this.warnings.includes(line)) continue;
      this.warnings.push(line);
      this.note(`warning: ${line}`);
    }
  }

  /** Keeps lines that were printed before. */
  keep(lines: readonly string[]): void {
    this.warnings.push(...lines);
  }

  /** The part of a record that holds the warnings; nothing where there are none. */
  kept(): { warnings?: string[] } {
    return this.warnings.length > 0 ? { warnings: this.warnings } : {};
  }
}
