// A record without its long lists: what lists, comparisons and plots of many records need.
import type { EvaluationRecord, RunRecord, StoredRecord } from './record.js';

/** A run without its epochs and spike rates. Every {@link RunRecord} is one. */
export type RunHeader = Omit<RunRecord, 'rows' | 'spikeRates'>;

/** An evaluation without its results: only how many rows they have. */
export interface EvaluationHeader extends Omit<EvaluationRecord, 'results'> {
  resultRows: number;
}

/** Either kind; `kind` tells which. */
export type Header = RunHeader | EvaluationHeader;

/** The header of a record. */
export function headerOf(record: StoredRecord): Header {
  if (record.kind === 'evaluation') {
    const { results, ...header } = record;
    return { ...header, resultRows: results.length };
  }
  const { rows: _rows, spikeRates: _spikeRates, ...header } = record;
  return header;
}
