// The kernels over one model's memory, as the model runs them. Tests: test/engines/event/pool.test.ts.
import { EngineError } from '../../errors.js';
import type { Op } from './op.js';

/** Where a pool keeps arguments and scratch in a model's memory. */
export interface Area {
  /** A multiple of 64; `pool.areaBytes(scratch)` bytes from here on are the pool's. */
  address: number;
  /** Bytes for each thread. */
  scratch: number;
}

/** Result of `Pool.attach`. */
export class Kernels {
  private area?: Area;
  private detached = false;

  /** Use `Pool.attach`. */
  constructor(
    private readonly execute: (ops: readonly Op[], area: Area) => Promise<void>,
    private readonly release: () => void,
  ) {}

  /** Says where the pool's area lies; before the first run, and again whenever it moves. Not during a run. */
  lay(area: Area): void {
    this.area = area;
  }

  /**
   * Runs ops, one after the other, each on all threads. Runs of one pool wait for each other.
   *
   * @throws EngineError when a kernel traps (the pool stays usable), a worker has died or the pool is disposed
   */
  async run(ops: readonly Op[]): Promise<void> {
    if (this.detached) throw new EngineError('engine event: the model is disposed; create it again');
    if (!this.area) throw new EngineError('engine event: the model has set no memory aside for its threads');
    await this.execute(ops, this.area);
  }

  /** Frees what the threads hold of the memory, after the runs asked for so far. A second call does nothing. */
  detach(): void {
    if (!this.detached) this.release();
    this.detached = true;
  }
}
