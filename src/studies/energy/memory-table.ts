// Memory counted, as tables: what each order of summing moves, and what each network comes to under it.
// Tests: test/studies/views.test.ts.
import {
  DATAFLOWS,
  type Dataflow,
  type MemoryEnergy,
  type MemorySize,
  WORDS_PER_OPERATION,
} from '../../measures/memory-energy.js';
import { memoryRowName } from './memory.js';

/** The orders of summing, with the words that one operation moves in each network. */
export const dataflowRows = (): object[] =>
  Object.values<Dataflow>(DATAFLOWS).map(({ title, ann, snn, meaning }) => ({
    order: title,
    wordsOfTheAnn: WORDS_PER_OPERATION[ann],
    wordsOfTheSnn: snn === 'bits' ? `${WORDS_PER_OPERATION[snn]} + bits` : WORDS_PER_OPERATION[snn],
    meaning,
  }));

/** Energies of one example with memory counted. */
export interface MemoryTableRow {
  network: string;
  order: string;
  memory: MemorySize;
  annMicrojoule: number;
  snnMicrojoule: number;
  shareOfMemoryAnn: number;
  shareOfMemorySnn: number;
  ratio: number;
  breakEvenDensity: number | null;
}

/** The rows of a network, its name in each. */
export const memoryTable = (network: string, rows: readonly MemoryEnergy[]): MemoryTableRow[] =>
  rows.map((row) => ({
    network,
    order: memoryRowName(row),
    memory: row.memory,
    annMicrojoule: row.ann / 1e6,
    snnMicrojoule: row.snn / 1e6,
    shareOfMemoryAnn: row.annMemory,
    shareOfMemorySnn: row.snnMemory,
    ratio: row.ratio,
    breakEvenDensity: row.breakEvenDensity,
  }));
