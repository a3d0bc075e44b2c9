// What went wrong in an executed notebook, as its reader would find out.
import { UNHANDLED } from '../../src/notebooks/run.js';

/** A cell as the page shows it. */
export interface ShownCell {
  type: string;
  source: string;
  /** The number in the prompt; null when the cell was not executed. */
  count: number | null;
  /** How the kernel answered last; tslab says `abort` of what came right after a failed cell. */
  reply: 'ok' | 'error' | 'abort' | null;
  outputs: { type: string; name?: string; text: string; mimes: string[] }[];
}

const TAIL = 600;

function problemOf({ count, reply, outputs }: ShownCell): string | undefined {
  const stderr = outputs.map(({ name, text }) => (name === 'stderr' ? text : '')).join('');
  const said = stderr && `: ${stderr.trim().slice(0, TAIL)}`;
  if (reply === 'abort' || reply === null) return 'was not executed';
  if (reply === 'error' || outputs.some(({ type }) => type === 'error')) return `failed${said}`;
  // tslab prints these and calls the cell a success.
  if (UNHANDLED.test(stderr)) return `left an error behind${said}`;
  return count === null ? 'has no number' : undefined;
}

/** A line for each code cell that did not end well. */
export const problemsOf = (cells: readonly ShownCell[]): string[] =>
  cells.flatMap((cell, i) => {
    if (cell.type !== 'code' || cell.source.trim() === '') return [];
    const problem = problemOf(cell);
    return problem ? [`cell ${i + 1} (\`${cell.source.trim().split('\n')[0]}\`) ${problem}`] : [];
  });

/** How many figures of `plot` the cells hold. */
export const figureCount = (cells: readonly ShownCell[]): number =>
  cells
    .flatMap(({ outputs }) => outputs)
    .filter(({ mimes }) => mimes.includes('application/vnd.plotly.v1+json')).length;
