// The threads that run ops: workers over the shared memory of any number of models, and the calling thread itself.
import { EngineError } from '../../errors.js';
import { nextTurn } from '../../host/turn.js';
import { ARGUMENT_BYTES, writeBatch } from './batch.js';
import { collectGarbage } from './collect.js';
import { Control } from './control.js';
import { instantiate, kernelNames, type Kernel } from './instance.js';
import { Kernels, type Area } from './kernels.js';
import { chooseBuild, fmaWorks, loadKernels, type Build } from './module.js';
import type { Op } from './op.js';
import { type PoolWorker, startWorkers } from './start-workers.js';
import type { WorkerMail } from './thread.js';
import { threadCount } from './threads.js';
import { chooseVectors, type VectorBits } from './vectors.js';

/** Options of a pool. */
export interface PoolOptions {
  /** The calling thread included. Default: `SGS_THREADS`, else one for each core. */
  threads?: number;
  /** Default: `SGS_BUILD`, else the fastest that computes right here. */
  build?: Build;
  /** Default: `SGS_VECTORS`, else the widest that can be had here. Changes no result. */
  vectors?: VectorBits;
  /** Called with the duration of every op; ops then run one at a time, which changes no result. */
  onOp?(kernel: string, seconds: number): void;
}

/** A module of a model's own, which may still be compiling: its kernels are called `<name>/<kernel>`. */
export interface OwnModule {
  name: string;
  module: Promise<WebAssembly.Module>;
}

/** A model's kernels on the calling thread, and their numbers on all. */
interface Started {
  kernels: Kernel[];
  names: ReadonlyMap<string, number>;
}

/**
 * The longest that the calling thread keeps from the event loop, milliseconds: so late is an interrupt, or the news
 * that a worker has died.
 */
const LONGEST = 100;

const align = (bytes: number): number => Math.ceil(bytes / 64) * 64;

/**
 * Opens a pool and waits until its workers have started.
 *
 * @throws SettingsError when `threads`, `build`, `vectors` or the environment variable of one is not permitted
 * @throws UnsupportedError when the kernels cannot run here
 * @throws EngineError when a worker does not start
 */
export async function openPool({ threads, build, vectors, onOp }: PoolOptions = {}): Promise<Pool> {
  const pool = new Pool(threadCount(threads), chooseBuild(build), chooseVectors(fmaWorks(), vectors), onOp);
  try {
    await pool.started();
  } catch (error) {
    await pool.dispose();
    throw error;
  }
  return pool;
}

/** A pool of threads. Idle, it uses no processor time and does not keep the process alive. */
export class Pool {
  private readonly control = new Control();
  private readonly module: WebAssembly.Module;
  /** All threads but the calling one. */
  readonly workers: readonly PoolWorker[];
  private models = 0;
  /** Bytes of each model's memory when the workers last received it. */
  private readonly sizes = new Map<number, number>();
  /** The modules of its own that each model has. */
  private readonly own = new Map<number, readonly WebAssembly.Module[]>();
  /** Why it can run no more. */
  private ended?: EngineError;
  /** Settles when the run before has ended. */
  private turn: Promise<unknown> = Promise.resolve();
  private loopedAt = performance.now();
  private collecting = false;

  /** Use {@link openPool}. */
  constructor(
    readonly threads: number,
    readonly build: Build,
    readonly vectors: VectorBits,
    private readonly onOp?: PoolOptions['onOp'],
  ) {
    this.module = loadKernels(build);
    const data = { control: this.control.buffer, kernels: this.module, vectors };
    this.workers = startWorkers(data, threads - 1, (error) => this.end(error));
  }

  private end(error: EngineError): void {
    if (this.ended) return;
    this.ended = error;
    this.control.fail(0, error.message); // other threads leave the batch
  }

  /** Settles when every worker has started. */
  async started(): Promise<void> {
    for (;;) {
      const event = this.control.event;
      if (this.control.ready === this.workers.length) return;
      await this.wait(event);
    }
  }

  /** Bytes that a model has to set aside for the pool in its memory, when its ops need `scratch` bytes a thread. */
  areaBytes(scratch: number): number {
    return ARGUMENT_BYTES + this.threads * align(scratch);
  }

  /**
   * Lets the threads run kernels on a memory. Any number of memories may be attached.
   *
   * @param own - modules of its own; where one cannot be had, the runs fail by what it failed by
   * @throws EngineError when the pool is disposed or a worker has died
   */
  attach(memory: WebAssembly.Memory, own: readonly OwnModule[] = []): Kernels {
    if (this.ended) throw this.ended;
    const model = this.models++;
    const loaded = Promise.all(own.map(({ module }) => module));
    loaded.catch(() => undefined); // reported by the run that needs it
    let started = own.length === 0 ? this.start(model, memory, [], []) : undefined;
    const run = (ops: readonly Op[], area: Area): Promise<void> => {
      const result = this.turn.then(async () => {
        started ??= this.start(
          ...[model, memory],
          own.map(({ name }) => name),
          await loaded,
        );
        await this.run(model, started, memory, area, ops);
      });
      this.turn = result.catch(() => undefined);
      return result;
    };
    const release = (): void => {
      this.turn = this.turn.then(() => {
        if (!this.ended) this.post({ model });
        this.sizes.delete(model);
        this.own.delete(model);
        this.collect();
      });
    };
    return new Kernels(run, release);
  }

  /** Instantiates a model's kernels here and on all threads. */
  private start(
    model: number,
    memory: WebAssembly.Memory,
    prefixes: readonly string[],
    own: readonly WebAssembly.Module[],
  ): Started {
    const kernels = instantiate(this.module, memory, this.vectors, own);
    const names = [
      ...kernelNames(this.module),
      ...own.flatMap((module, i) => kernelNames(module).map((name) => `${prefixes[i]}/${name}`)),
    ];
    this.own.set(model, own);
    this.tell(model, memory);
    return { kernels, names: new Map(names.map((name, i) => [name, i])) };
  }

  /** Collects garbage soon, once the last reference to a memory is gone. */
  private collect(): void {
    if (this.collecting) return;
    this.collecting = true;
    void nextTurn().then(() => {
      this.collecting = false;
      collectGarbage();
    });
  }

  /**
   * Gives the workers a memory. Again after it has grown: a worker that was just receiving it may have missed that, and
   * V8 then goes on checking `memory.fill` and `memory.copy` against the old size.
   */
  private tell(model: number, memory: WebAssembly.Memory): void {
    this.sizes.set(model, memory.buffer.byteLength);
    this.post({ model, memory, own: this.own.get(model) });
  }

  private post(mail: WorkerMail): void {
    for (const worker of this.workers) worker.postMessage(mail);
    this.control.posted();
  }

  private async run(
    model: number,
    { kernels, names }: Started,
    memory: WebAssembly.Memory,
    { address, scratch }: Area,
    ops: readonly Op[],
  ): Promise<void> {
    if (this.sizes.get(model) !== memory.buffer.byteLength) this.tell(model, memory);
    for (let first = 0; first < ops.length;) {
      if (this.ended) throw this.ended;
      const offered = this.onOp ? ops.slice(0, first + 1) : ops;
      const batch = writeBatch(memory, address, names, offered, first);
      const started = this.onOp && performance.now();
      this.control.open(model, address + ARGUMENT_BYTES, align(scratch), batch);
      await this.finish(kernels);
      const { failure } = this.control;
      if (failure) {
        const { kernel, units } = ops[first + failure.op];
        throw new EngineError(
          `engine event: kernel ${kernel} failed in unit ${failure.unit} of ${units} (thread ${failure.thread}): ` +
            `${failure.text}; this is a defect of the engine, please report it with the network`,
        );
      }
      if (started !== undefined) this.onOp?.(ops[first].kernel, (performance.now() - started) / 1000);
      first += batch.length;
    }
  }

  /** Takes part in the batch until it is finished or has failed, and no worker looks at it any more. */
  private async finish(kernels: Kernel[]): Promise<void> {
    const { control } = this;
    const pause = (): boolean => performance.now() - this.loopedAt > LONGEST;
    try {
      for (;;) {
        const event = control.event;
        if (control.work(kernels, pause)) break;
        await this.wait(event);
      }
    } finally {
      control.close();
    }
    for (;;) {
      const event = control.event;
      if (control.left) return;
      await this.wait(event);
    }
  }

  /** Rests until a signal, for a limited time; lets the event loop run when its time has come. */
  private async wait(event: number): Promise<void> {
    const left = this.loopedAt + LONGEST - performance.now();
    if (left > 0) this.control.rest(event, left);
    if (performance.now() - this.loopedAt >= LONGEST) {
      await nextTurn();
      this.loopedAt = performance.now();
    }
    if (this.ended) throw this.ended;
  }

  /** Ends the workers; a run in progress fails. Settles when they have ended; a second call does nothing more. */
  async dispose(): Promise<void> {
    this.end(new EngineError('engine event: its thread pool is disposed; open the engine again'));
    await Promise.all(this.workers.map((worker) => worker.terminate()));
    this.collect();
  }
}
