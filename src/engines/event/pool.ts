// The threads that run ops: workers over the shared memory of any number of models, and the calling thread itself.
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { EngineError, UnsupportedError } from '../../errors.js';
import { ARGUMENT_BYTES, BATCH_OPS, Control, instantiate, kernelNames, type Kernel } from './control.js';
import { builtFile, chooseBuild, loadKernels, type Build } from './module.js';
import type { Op } from './op.js';
import { threadCount } from './threads.js';
import type { WorkerData, WorkerMail } from './worker.js';

/** How a pool is opened. */
export interface PoolOptions {
  /** The calling thread included. Default: `SGS_THREADS`, else one for each core. */
  threads?: number;
  /** Default: `SGS_BUILD`, else the fastest that computes right here. */
  build?: Build;
}

/**
 * The longest that the calling thread keeps from the event loop, milliseconds: so late is an interrupt, or the news
 * that a worker has died.
 */
const LONGEST = 100;

const align = (bytes: number): number => Math.ceil(bytes / 64) * 64;
const eventLoop = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/**
 * Opens a pool and waits until its workers have started.
 *
 * @throws SettingsError when `threads`, `build` or the environment variable of either is not permitted
 * @throws UnsupportedError when the kernels cannot run here
 * @throws EngineError when a worker does not start
 */
export async function openPool({ threads, build }: PoolOptions = {}): Promise<Pool> {
  const pool = new Pool(threadCount(threads), chooseBuild(build));
  await pool.started();
  return pool;
}

/** A pool of threads. Idle, it uses no processor time and does not keep the process alive. */
export class Pool {
  private readonly control = new Control();
  private readonly module: WebAssembly.Module;
  private readonly names: Map<string, number>;
  /** All threads but the calling one. */
  readonly workers: Worker[] = [];
  private models = 0;
  /** Why it can run no more. */
  private ended?: EngineError;
  /** Settles when the run before has ended. */
  private turn: Promise<unknown> = Promise.resolve();
  private loopedAt = performance.now();

  /** Use {@link openPool}. */
  constructor(
    readonly threads: number,
    readonly build: Build,
  ) {
    this.module = loadKernels(build);
    this.names = new Map(kernelNames(this.module).map((name, i) => [name, i]));
    const entry = builtFile('worker.js');
    if (!existsSync(entry))
      throw new UnsupportedError(
        `engine event: ${fileURLToPath(entry)} is missing; run \`npm run build\`, or install the package again`,
      );
    for (let thread = 1; thread < threads; thread++) {
      const workerData: WorkerData = { control: this.control.buffer, thread, kernels: this.module };
      // Nothing of how this process was started (loaders, preloads) is for a thread that only runs kernels.
      const worker = new Worker(entry, { workerData, execArgv: [], env: {}, name: `sgs-snn ${thread}` });
      worker.on('error', (error) => this.lost(thread, `failed: ${error.message}`));
      worker.on('exit', (code) => this.lost(thread, `ended with exit code ${code}`));
      worker.unref();
      this.workers.push(worker);
    }
  }

  private lost(thread: number, how: string): void {
    this.end(
      new EngineError(
        `engine event: worker ${thread} of ${this.workers.length} ${how}; ` +
          'open the engine again and go on from the last checkpoint (a machine short of memory kills threads: ' +
          'then take a smaller batch)',
      ),
    );
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
   * @throws EngineError when the pool is disposed or a worker has died
   */
  attach(memory: WebAssembly.Memory): Kernels {
    if (this.ended) throw this.ended;
    const model = this.models++;
    const kernels = instantiate(this.module, memory);
    this.post({ model, memory });
    const run = (ops: readonly Op[], area: Area): Promise<void> => {
      const result = this.turn.then(() => this.run(model, kernels, memory, area, ops));
      this.turn = result.catch(() => undefined);
      return result;
    };
    const release = (): void => {
      // after the runs that have been asked for
      this.turn = this.turn.then(() => this.ended ?? this.post({ model }));
    };
    return new Kernels(this, run, release);
  }

  private post(mail: WorkerMail): void {
    for (const worker of this.workers) worker.postMessage(mail);
    this.control.posted();
  }

  private async run(
    model: number,
    kernels: Kernel[],
    memory: WebAssembly.Memory,
    { address, scratch }: Area,
    ops: readonly Op[],
  ): Promise<void> {
    for (let next = 0; next < ops.length;) {
      if (this.ended) throw this.ended;
      const first = next;
      const slots = new Int32Array(memory.buffer, address, ARGUMENT_BYTES / 4);
      const batch = [];
      for (let used = 0; next < ops.length && batch.length < BATCH_OPS; next++) {
        const { kernel, args, units } = ops[next];
        if (used + args.length > slots.length) break;
        slots.set(args, used);
        batch.push({ kernel: this.names.get(kernel)!, args: address + used * 4, units });
        used += args.length;
      }
      this.control.open(model, address + ARGUMENT_BYTES, align(scratch), batch);
      await this.finish(kernels);
      const { failure } = this.control;
      if (failure) {
        const { op, unit, thread, text } = failure;
        throw new EngineError(
          `engine event: kernel ${ops[first + op].kernel} failed in unit ${unit} of ${ops[first + op].units} ` +
            `(thread ${thread}): ${text}; this is a defect of the engine, please report it with the network`,
        );
      }
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
      await eventLoop();
      this.loopedAt = performance.now();
    }
    if (this.ended) throw this.ended;
  }

  /** Ends the workers; a run in progress fails. Settles when they have ended; a second call does nothing more. */
  async dispose(): Promise<void> {
    this.end(new EngineError('engine event: its thread pool is disposed; open the engine again'));
    await Promise.all(this.workers.map((worker) => worker.terminate()));
  }
}

/** Where a pool keeps arguments and scratch in a model's memory. */
export interface Area {
  /** A multiple of 64; {@link Pool.areaBytes} bytes from here on are the pool's. */
  address: number;
  /** Bytes for each thread. */
  scratch: number;
}

/** The kernels over one model's memory. */
export class Kernels {
  private area?: Area;
  private detached = false;

  /** Use {@link Pool.attach}. */
  constructor(
    readonly pool: Pool,
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

  /** Frees what the threads hold of the memory. A second call does nothing. */
  detach(): void {
    if (!this.detached) this.release();
    this.detached = true;
  }
}
