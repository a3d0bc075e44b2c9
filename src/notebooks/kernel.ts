// One running tslab kernel, driven over ZeroMQ without Python: start, execute, interrupt, shut down.
import { randomUUID } from 'node:crypto';
import { createRequire } from 'node:module';
import { setTimeout as sleep } from 'node:timers/promises';
import { UnsupportedError } from '../errors.js';
import { KernelProcess, type KernelProcessOptions } from './kernel-process.js';
import type { Output } from './nbformat.js';
import { OutputCollector, type Displays, type OutputMessage } from './outputs.js';
import { decodeMessage, encodeRequest, type KernelMessage } from './wire.js';

/** Options of starting a kernel. */
export interface KernelOptions extends KernelProcessOptions {
  /** Time for each attempt to start one, in seconds; a kernel that does not answer by then is given up. */
  patienceSeconds?: readonly number[];
}

/** Options of running a cell. */
export interface ExecuteOptions {
  /** Interrupt the cell after so many seconds; default never. */
  timeoutSeconds?: number;
  /** Interrupts the cell when it aborts. */
  signal?: AbortSignal;
}

/**
 * The end of a cell; `died`: the kernel's process ended before it did. `outputs` and `stderr` still grow when code that the
 * cell left running prints later.
 */
export interface Execution {
  status: 'ok' | 'error' | 'timeout' | 'interrupted' | 'died';
  outputs: Output[];
  /** All the cell wrote to stderr so far: tslab puts errors there and nowhere else. */
  readonly stderr: string;
}

/** A cell under way. */
interface Pending {
  collector: OutputCollector;
  replied?: 'ok' | 'error';
  idle: boolean;
  stopped?: 'timeout' | 'interrupted';
  settle(status: Execution['status']): void;
}

/** Patience with the kernels of three attempts: one that hangs is found out soon, a slow machine has its time. */
const PATIENCE_SECONDS = [60, 120, 240];
/** Time that code has to stop before the kernel is killed: after a timeout, and when a notebook is through. */
const GRACE_SECONDS = 5;
/** The same after an interrupt: a training finishes its step and writes its checkpoint first. */
const INTERRUPT_GRACE_SECONDS = 30;
/** tslab drops every request for 200 ms after a failed cell, by a timer that is late on a busy machine. */
const PAUSE_AFTER_ERROR_MS = 1000;
/** Time for the last outputs of a kernel that died to arrive. */
const DRAIN_MS = 200;

function loadZeromq(): typeof import('zeromq') {
  try {
    return createRequire(import.meta.url)('zeromq') as typeof import('zeromq');
  } catch {
    throw new UnsupportedError(
      'running notebooks needs the packages zeromq and tslab; run `npm install --save-dev zeromq@6.8.0 tslab@1.0.22`',
    );
  }
}

/** A tslab kernel in a process of its own. */
export class Kernel {
  private readonly session = randomUUID();
  private readonly displays: Displays = new Map();
  private readonly collectors = new Map<string, OutputCollector>();
  private readonly pending = new Map<string, Pending>();
  private readonly process: KernelProcess;
  private readonly shell: import('zeromq').Dealer;
  private readonly iopub: import('zeromq').Subscriber;
  private answering = false;
  private infoReplies = 0;
  private quietUntil = 0;
  private graceSeconds = GRACE_SECONDS;

  private constructor(options: KernelOptions) {
    const { Dealer, Subscriber } = loadZeromq();
    this.process = new KernelProcess(options, () => this.end());
    this.shell = new Dealer({ linger: 0 });
    this.iopub = new Subscriber({ linger: 0, receiveHighWaterMark: 0 });
    this.iopub.subscribe();
    this.shell.connect(this.process.address('shell_port'));
    this.iopub.connect(this.process.address('iopub_port'));
    void this.listen(this.shell);
    void this.listen(this.iopub);
  }

  /**
   * Starts a kernel and waits until it answers (one and a half to three seconds). One that does not is given up and
   * started anew, a few times.
   *
   * @throws UnsupportedError when zeromq is not installed; Error with the kernel's own words when it ends, or when none
   *   of the kernels has answered
   */
  static async start(options: KernelOptions): Promise<Kernel> {
    const { patienceSeconds = PATIENCE_SECONDS } = options;
    for (const [i, seconds] of patienceSeconds.entries()) {
      const kernel = new Kernel(options);
      if (await kernel.answers(seconds)) return kernel;
      kernel.process.kill();
      if (i === patienceSeconds.length - 1)
        throw kernel.process.failure(`did not answer within ${seconds} s, at attempt ${i + 1}`);
    }
    throw new RangeError('Kernel.start: patienceSeconds is empty');
  }

  /** Whether it answers in time. */
  private async answers(seconds: number): Promise<boolean> {
    const deadline = Date.now() + seconds * 1000;
    // A publisher's first messages are lost: ask again, after each reply, until the kernel's status arrives.
    for (let asked = 0; !this.answering;) {
      if (this.process.ended !== undefined) throw this.process.failure(this.process.ended);
      if (Date.now() > deadline) return false;
      if (asked === this.infoReplies) {
        this.request('kernel_info_request', {});
        asked++;
      }
      await sleep(20);
    }
    return true;
  }

  /**
   * Runs one cell.
   *
   * @param code - TypeScript as tslab takes it
   * @returns how it ended and what it gave; neither a cell that fails nor a kernel that dies throws
   */
  async execute(code: string, { timeoutSeconds, signal }: ExecuteOptions = {}): Promise<Execution> {
    await sleep(Math.max(0, this.quietUntil - Date.now()));
    if (this.process.ended !== undefined) return { status: 'died', outputs: [], stderr: '' };
    const collector = new OutputCollector(this.displays);
    const id = this.request('execute_request', {
      code,
      silent: false,
      store_history: true,
      user_expressions: {},
      allow_stdin: false,
      stop_on_error: true,
    });
    this.collectors.set(id, collector);
    const timers: NodeJS.Timeout[] = [];
    let onAbort = (): void => undefined;
    try {
      const status = await new Promise<Execution['status']>((settle) => {
        const pending: Pending = { collector, idle: false, settle };
        this.pending.set(id, pending);
        const stop = (reason: 'timeout' | 'interrupted'): void => {
          pending.stopped ??= reason;
          this.interrupt();
          // tslab forgets an interrupt that comes while it type-checks the cell.
          timers.push(setInterval(() => this.interrupt(), 1000));
          this.graceSeconds = reason === 'interrupted' ? INTERRUPT_GRACE_SECONDS : GRACE_SECONDS;
          timers.push(setTimeout(() => this.process.kill(), this.graceSeconds * 1000));
        };
        onAbort = (): void => stop('interrupted');
        if (timeoutSeconds !== undefined)
          timers.push(setTimeout(() => stop('timeout'), Math.min(timeoutSeconds * 1000, 2 ** 31 - 1)));
        signal?.addEventListener('abort', onAbort, { once: true });
        if (signal?.aborted) onAbort();
      });
      if (status !== 'ok') this.quietUntil = Date.now() + PAUSE_AFTER_ERROR_MS;
      return {
        status,
        outputs: collector.outputs,
        get stderr() {
          return collector.text('stderr');
        },
      };
    } finally {
      timers.forEach(clearTimeout);
      signal?.removeEventListener('abort', onAbort);
      this.pending.delete(id);
    }
  }

  /** Sends SIGINT: a synchronous cell stops at once; code in an `await` goes on until it looks at its signal. */
  interrupt(): void {
    this.process.interrupt();
  }

  /**
   * Ends the kernel: asks it to leave, waits for work that an interrupt left behind, then kills it and
   * everything it started.
   */
  async shutdown(): Promise<void> {
    if (this.process.ended === undefined) {
      const closed = this.process.closed();
      this.request('shutdown_request', { restart: false });
      const patience = new AbortController();
      const patient = sleep(this.graceSeconds * 1000, 'late', patience).catch(() => undefined);
      if ((await Promise.race([closed, patient])) === 'late') this.process.kill();
      patience.abort();
      await closed;
    }
  }

  private request(type: string, content: object): string {
    const { frames, id } = encodeRequest(this.process.key, this.session, type, content);
    this.shell.send(frames).catch(() => undefined); // fails only when closed, and then `ended` says why
    return id;
  }

  private async listen(socket: import('zeromq').Dealer | import('zeromq').Subscriber): Promise<void> {
    for await (const frames of socket) {
      const message = decodeMessage(this.process.key, frames);
      if (message) this.take(message);
    }
  }

  private take({ type, parentId = '', content }: KernelMessage): void {
    const pending = this.pending.get(parentId);
    if (type === 'status') {
      this.answering = true;
      if (pending && content.execution_state === 'idle') pending.idle = true;
    } else if (type === 'kernel_info_reply') {
      this.infoReplies++;
    } else if (type === 'execute_reply') {
      if (pending) pending.replied = content.status === 'ok' ? 'ok' : 'error';
    } else {
      this.collectors.get(parentId)?.add({ type, content } as OutputMessage);
    }
    // Reply and outputs come on two channels: only both ends together are the end of a cell.
    if (pending?.idle && pending.replied) pending.settle(pending.stopped ?? pending.replied);
  }

  /** The end of the kernel's process, once it has ended, such as `ended with exit code 3`. */
  get death(): string | undefined {
    return this.process.ended;
  }

  /** The process is gone: its last outputs are waited for, then what was under way is settled. */
  private end(): void {
    const close = (): void => {
      this.shell.close();
      this.iopub.close();
      for (const { stopped, settle } of this.pending.values()) settle(stopped ?? 'died');
    };
    if (this.pending.size > 0) setTimeout(close, DRAIN_MS);
    else close();
  }
}
