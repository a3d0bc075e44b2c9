// Markdown with formulas in a cell, such as what `describeNeuron` gives.
import { show } from '../cell/output.js';

/**
 * Shows Markdown, TeX formulas in it too; outside a notebook it is printed as it is written.
 *
 * @param text - Markdown; formulas between `$` or `$$`
 */
export function markdown(text: string): void {
  show({ 'text/markdown': text, 'text/plain': text });
}
