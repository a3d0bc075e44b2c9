// The report's first table: the paper's claim, our finding and the verdict, one row per claim.
import { z } from 'zod';
import { SettingsError } from '../errors.js';

const shown = z.union([z.string(), z.number()]).nullable();

const schema = z.array(
  z.strictObject({
    claim: z.string().min(1),
    paper: shown,
    paperSource: z.string().nullable(),
    ours: shown,
    n: z.number().int().min(0).nullable(),
    verdict: z.string().min(1),
    p: z.number().min(0).max(1).nullable().optional(),
    note: z.string().optional(),
    /** Ids of the records behind ours. */
    records: z.array(z.string()).optional(),
    /** Stem of the figure or table that shows it. */
    stem: z.string().optional(),
  }),
);

/** One claim of the paper with our answer. */
export interface SummaryRow {
  /** The claim, in one sentence. */
  claim: string;
  /** The paper's value with its unit; null where it is not known. */
  paper: string | number | null;
  /** Where that value stands: abstract, README, figure. */
  paperSource: string | null;
  /** Ours: mean ± sd, or the effect with its interval; null where not attempted. */
  ours: string | number | null;
  /** Number of seeds; null where none is involved. */
  n: number | null;
  /** As `verdict` gives it. */
  verdict: string;
  /** Of an effect: p of the test that goes with its interval, uncorrected; null where there is none (one seed). */
  p?: number | null;
  note?: string;
  /** Ids of the records behind ours. */
  records?: string[];
  /** Stem of the figure or table that shows it. */
  stem?: string;
}

/**
 * Checks rows of a summary.
 *
 * @param rows - anything, for instance parsed JSON
 * @returns the rows
 * @throws SettingsError naming each row and field that is missing, unknown or of the wrong kind
 */
export function checkSummary(rows: unknown): SummaryRow[] {
  const result = schema.safeParse(rows);
  if (result.success) return result.data as SummaryRow[];
  const problems = result.error.issues.map(
    ({ path, message }) => `  ${path.join('.') || '(all)'}: ${message}`,
  );
  throw new SettingsError(`summary: not valid\n${problems.join('\n')}`);
}
