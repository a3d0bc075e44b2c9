// The shared integers by which the threads of a pool agree: the ops, the unit of each thread, the sleeping threads.
import type { Kernel } from './instance.js';

/** Ops that one batch holds. */
export const BATCH_OPS = 1024;

/** Time for which a thread looks before it sleeps, milliseconds: less than waking it costs, too short to starve anyone. */
const SPIN = 0.02;

const TEXT_LENGTH = 240;

/** 32-bit slots of a cache line: what different threads write often lies in different lines. */
const LINE = 16;

const EVENT = 0; // goes up whenever a thread that waits may find something new

const SLEEPERS = LINE; // threads that have to be woken

const GENERATION = 2 * LINE; // odd while a batch may be worked on

const ACTIVE = 3 * LINE; // workers that look at the batch

const CLOSING = ACTIVE + 1; // 1 while the calling thread waits for them to leave

const FAILED = 4 * LINE; // 1 from the first failure in a batch on

const FAILURE = FAILED + 1; // which op, unit and thread

const MAIL = 5 * LINE; // messages posted to every worker

const READY = 6 * LINE; // workers that have started

const COUNT = 7 * LINE; // ops of the batch

const MODEL = COUNT + 1; // whose memory it works on

const SCRATCH = COUNT + 2; // address of the first thread's scratch

const STRIDE = COUNT + 3; // from one thread's scratch to the next

const TEXT = 8 * LINE; // length, then UTF-16 units

const OPS = TEXT + LINE * 8; // one line for each op:

const [KERNEL, ARGS, UNITS, CLAIMED, FINISHED] = [0, 1, 2, 3, 4];

/** Memory for threads. A page that is not isolated has no such constructor, and WebAssembly still gives it what one thread needs. */
function sharedBytes(bytes: number): SharedArrayBuffer {
  if (typeof SharedArrayBuffer !== 'undefined') return new SharedArrayBuffer(bytes);
  const pages = Math.ceil(bytes / 65536);
  const { buffer } = new WebAssembly.Memory({ initial: pages, maximum: pages, shared: true });
  return buffer as unknown as SharedArrayBuffer;
}

/** The first failure of a batch. */
export interface Failure {
  op: number;
  unit: number;
  thread: number;
  text: string;
}

/** One thread's view of the control block. */
export class Control {
  private readonly slots: Int32Array;
  /** Where this thread is in the batch of `generation`. */
  private op = 0;
  private generation = 0;

  /**
   * @param buffer - shared by the threads of one pool
   * @param thread - 0: the calling thread
   */
  constructor(
    readonly buffer = sharedBytes((OPS + BATCH_OPS * LINE) * 4),
    private readonly thread = 0,
  ) {
    this.slots = new Int32Array(buffer);
  }

  /** To be read before one looks for work, and given to {@link rest} when there was none. */
  get event(): number {
    return Atomics.load(this.slots, EVENT);
  }

  /** Wakes every thread to look again. */
  signal(): void {
    Atomics.add(this.slots, EVENT, 1);
    // A thread that goes to sleep now has counted itself after this read, and its wait finds the event changed.
    if (Atomics.load(this.slots, SLEEPERS) > 0) Atomics.notify(this.slots, EVENT);
  }

  /** Waits for a signal since `event` was read: looks for a short time, then sleeps, `limit` milliseconds at most. */
  rest(event: number, limit = Infinity): void {
    const end = performance.now() + SPIN;
    do {
      for (let i = 0; i < 32; i++) if (this.event !== event) return;
    } while (performance.now() < end);
    Atomics.add(this.slots, SLEEPERS, 1);
    Atomics.wait(this.slots, EVENT, event, limit);
    Atomics.sub(this.slots, SLEEPERS, 1);
  }

  /** Calling thread: offers a batch. The last one must be closed and left. */
  open(model: number, scratch: number, stride: number, ops: readonly BatchOp[]): void {
    const { slots } = this;
    [slots[MODEL], slots[SCRATCH], slots[STRIDE], slots[COUNT], slots[FAILED]] = [
      ...[model, scratch, stride, ops.length, 0],
    ];
    for (const [i, { kernel, args, units }] of ops.entries()) {
      const at = OPS + i * LINE;
      slots[at + KERNEL] = kernel;
      slots[at + ARGS] = args;
      slots[at + UNITS] = units;
      slots[at + CLAIMED] = slots[at + FINISHED] = 0;
    }
    this.op = 0;
    Atomics.add(slots, GENERATION, 1);
    this.signal();
  }

  /** Calling thread: lets no more workers in. */
  close(): void {
    Atomics.store(this.slots, CLOSING, 1);
    Atomics.add(this.slots, GENERATION, 1);
  }

  /** True when no worker looks at the batch: after {@link close}, that stays so, and there is no thread left to wait for. */
  get left(): boolean {
    const left = Atomics.load(this.slots, ACTIVE) === 0;
    if (left) Atomics.store(this.slots, CLOSING, 0);
    return left;
  }

  /** Worker: the number of the model whose batch may be worked on until {@link leave}, or undefined. */
  enter(): number | undefined {
    Atomics.add(this.slots, ACTIVE, 1);
    const generation = Atomics.load(this.slots, GENERATION);
    if (!(generation & 1)) {
      this.leave();
      return undefined;
    }
    if (generation !== this.generation) [this.op, this.generation] = [0, generation];
    return this.slots[MODEL];
  }

  /**
   * Worker: looks at the batch no more. The last one wakes the calling thread, if that waits; woken without need, the
   * workers would wake each other for ever.
   */
  leave(): void {
    const { slots } = this;
    if (Atomics.sub(slots, ACTIVE, 1) === 1 && Atomics.load(slots, CLOSING)) this.signal();
  }

  /**
   * Runs units until there are none to be had.
   *
   * @param pause - asked after every unit; true: return now
   * @returns true when the batch is finished or has failed, false when other threads still run units, or after a pause
   */
  work(kernels: readonly Kernel[], pause: () => boolean): boolean {
    const { slots, thread } = this;
    const scratch = slots[SCRATCH] + thread * slots[STRIDE];
    while (this.op < slots[COUNT]) {
      if (Atomics.load(slots, FAILED)) return true;
      const at = OPS + this.op * LINE;
      const units = slots[at + UNITS];
      const unit = Atomics.load(slots, at + CLAIMED) < units ? Atomics.add(slots, at + CLAIMED, 1) : units;
      if (unit < units) {
        try {
          kernels[slots[at + KERNEL]](slots[at + ARGS], unit, scratch);
        } catch (error) {
          this.fail(unit, String((error as Error)?.message ?? error));
          return true;
        }
        if (Atomics.add(slots, at + FINISHED, 1) === units - 1) this.signal();
        if (pause()) return false;
      } else if (Atomics.load(slots, at + FINISHED) >= units) this.op++;
      else return false;
    }
    return true;
  }

  /** Ends the batch for every thread; the first failure is kept. */
  fail(unit: number, text: string): void {
    const { slots } = this;
    if (Atomics.compareExchange(slots, FAILED, 0, 1) === 0) {
      slots.set([this.op, unit, this.thread], FAILURE);
      const length = Math.min(text.length, TEXT_LENGTH);
      slots[TEXT] = length;
      const units = new Uint16Array(this.buffer, (TEXT + 1) * 4, length);
      for (let i = 0; i < length; i++) units[i] = text.charCodeAt(i);
      this.signal();
    }
  }

  /** The failure of a batch that is closed and left. */
  get failure(): Failure | undefined {
    const { slots } = this;
    if (!Atomics.load(slots, FAILED)) return undefined;
    const [op, unit, thread] = slots.subarray(FAILURE, FAILURE + 3);
    const text = String.fromCharCode(...new Uint16Array(this.buffer, (TEXT + 1) * 4, slots[TEXT]));
    return { op, unit, thread, text };
  }

  /** Messages posted to workers so far. */
  get mail(): number {
    return Atomics.load(this.slots, MAIL);
  }
  /** Calling thread: a message has been posted to every worker. */
  posted(): void {
    Atomics.add(this.slots, MAIL, 1);
    this.signal();
  }

  /** Workers that have started. */
  get ready(): number {
    return Atomics.load(this.slots, READY);
  }
  /** Worker: has started. */
  started(): void {
    Atomics.add(this.slots, READY, 1);
    this.signal();
  }
}

/** An op as threads read it. */
export interface BatchOp {
  /** Index of the kernel among `kernelNames`. */
  kernel: number;
  /** Address of its arguments. */
  args: number;
  units: number;
}
