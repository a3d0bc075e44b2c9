// Tables of vectors by step and channel: factors and addends of norms over time. Tests: test/engines/step-norms.test.ts.
import { blocksOf, LANES } from '../../plan/geometry.js';
import type { Host } from '../../plan/host.js';
import type { Compiler } from '../compiler.js';

const TABLES = ['scale', 'shift', 'hatScale', 'hatShift', 'a', 'b', 'c'] as const;
type Table = (typeof TABLES)[number];

/** Addresses of the tables of a layer, `[step][block][32]`, kept for the whole plan. */
export class StepTables implements Record<Table, number> {
  scale = 0;
  shift = 0;
  hatScale = 0;
  hatShift = 0;
  a = 0;
  b = 0;
  c = 0;
  private readonly row: number;

  constructor(
    compiler: Compiler,
    private readonly channels: number,
    steps: number,
  ) {
    this.row = blocksOf(channels) * LANES;
    const { address } = compiler.alloc(TABLES.length * steps * this.row * 4);
    TABLES.forEach((table, i) => (this[table] = address + i * steps * this.row * 4));
  }

  /** Address of a table's row of one step. */
  at(table: Table, step: number): number {
    return this[table] + step * this.row * 4;
  }

  /** Writes rows `[steps, C]` of real channels from the row of `step` on; those of the padding are 0. */
  write(host: Host, rows: Partial<Record<Table, Float64Array>>, step = 0): void {
    for (const [table, values] of Object.entries(rows)) {
      const steps = values.length / this.channels;
      const target = host.floats(this.at(table as Table, step), steps * this.row).fill(0);
      for (let t = 0; t < steps; t++)
        target.set(values.subarray(t * this.channels, (t + 1) * this.channels), t * this.row);
    }
  }
}
