// The table of verdicts, as `sgs nir export` and `sgs nir check` print it. Tests: test/commands/nir/export.test.ts.
import { renderTable } from '../../display/table.js';
import type { NirVerdict, NirVerdictRow } from '../../interchange/nir/verdicts.js';
import { print } from '../../print.js';

const WORDS: Record<NirVerdict, string> = {
  exact: 'exact',
  differs: 'known to differ',
  refused: 'refused',
};

/** Prints which programs compute the same, which do not, and why. */
export function printVerdicts(verdicts: readonly NirVerdictRow[]): void {
  const rows = verdicts.map(({ importer, verdict, reasons }) => ({
    ...{ program: importer, verdict: WORDS[verdict], why: reasons.join('; ') },
  }));
  print(renderTable(rows, { limit: rows.length })['text/plain']);
}
