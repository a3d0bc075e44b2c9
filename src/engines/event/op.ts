// One piece of parallel work of the event engine: a kernel, its arguments and into how many units it is cut.

/** An operation, plain data. The builders in `ops/` make them; `pool.ts` runs them. */
export interface Op {
  /** Name of an exported kernel of the WebAssembly module. */
  kernel: string;
  /** 32-bit arguments: addresses, counts, and float32 values as {@link float} writes them. */
  args: number[];
  /**
   * Slices of work. Any thread may run any unit in any order, so units never write the same bytes. Their number
   * follows from the layer and the batch, never from the number of threads: that keeps results bit-identical.
   */
  units: number;
  /** Private scratch memory that each thread needs, bytes. */
  scratch: number;
}

const cell = new DataView(new ArrayBuffer(4));

/** The bits of a number as float32, to be passed as a 32-bit argument. */
export function float(value: number): number {
  cell.setFloat32(0, value);
  return cell.getInt32(0);
}
