// The work of a pool's thread, whatever starts it: units of every batch that the pool opens, of the models whose memory it was
// sent. Tests: test/engines/event/pool.test.ts.
import { Control } from './control.js';
import { instantiate, type Kernel } from './instance.js';
import type { VectorBits } from './vectors.js';

/** Start data of a thread. */
export interface WorkerData {
  control: SharedArrayBuffer;
  /** 1 and up. */
  thread: number;
  kernels: WebAssembly.Module;
  vectors: VectorBits;
}

/** A model's memory comes, or goes when it is missing. */
export interface WorkerMail {
  model: number;
  memory?: WebAssembly.Memory;
  /** Modules of its own, besides the kernels that all have. */
  own?: readonly WebAssembly.Module[];
}

/** One thread. */
export class KernelThread {
  readonly control: Control;
  /** Kernels by model, or why there are none. */
  private readonly models = new Map<number, Kernel[] | string>();

  constructor(private readonly data: WorkerData) {
    this.control = new Control(data.control, data.thread);
  }

  /** Takes a message of the pool; true when a memory was let go of. */
  receive({ model, memory, own }: WorkerMail): boolean {
    if (!memory) return this.models.delete(model);
    const { kernels, vectors } = this.data;
    try {
      this.models.set(model, instantiate(kernels, memory, vectors, own));
    } catch (error) {
      this.models.set(model, (error as Error).message);
    }
    return false;
  }

  /**
   * Runs units, sleeps while there are none.
   *
   * @param upToDate - asked before each batch: takes what mail there is, or is false where some is under way that cannot be
   *   taken now; then this returns
   */
  run(upToDate: () => boolean): void {
    const { control } = this;
    for (;;) {
      const event = control.event;
      if (!upToDate()) return;
      const model = control.enter();
      if (model !== undefined) {
        // The batch may be of a model that was attached a moment ago.
        if (!upToDate()) return control.leave();
        const kernels = this.models.get(model);
        if (kernels && typeof kernels !== 'string') control.work(kernels, never);
        else control.fail(0, `the kernels could not be started: ${kernels ?? 'no memory was received'}`);
        control.leave();
      }
      control.rest(event);
    }
  }
}

const never = (): boolean => false;
