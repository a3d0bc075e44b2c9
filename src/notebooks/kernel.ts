// One running tslab kernel, driven over ZeroMQ without Python: start, execute, interrupt, shut down.
import { spawn, type ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { UnsupportedError } from '../errors.js';
import { makeTemporaryFolder } from '../files/temporary-folder.js';
import { packageRoot } from '../paths.js';
import type { Output } from './nbformat.js';
import { OutputCollector, type Displays, type OutputMessage } from './outputs.js';
import { decodeMessage, encodeRequest, type KernelMessage } from './wire.js';

/** How a kernel is started. */
export interface KernelOptions {
  /** The kernel's working folder: imports are resolved from it. */
  cwd: string;
  /** Set on top of this process's environment. */
  environment?: Readonly<Record<string, string>>;
  /** How long each attempt to start one may take; a kernel that does not answer by then is given up. */
  patienceSeconds?: readonly number[];
}

/** How one cell is run. */
export interface ExecuteOptions {
  /** Interrupt the cell after so many seconds; default never. */
  timeoutSeconds?: number;
  /** Interrupts the cell when it aborts. */
  signal?: AbortSignal;
}

/**
 * How a cell ended; `died`: the kernel's process ended before it did. `outputs` and `stderr` still grow when code that the
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
/** How long code may take to stop before the kernel is killed: after a timeout, and when a notebook is through. */
const GRACE_SECONDS = 5;
/** The same after an interrupt: a training finishes its step and writes its checkpoint first. */
const INTERRUPT_GRACE_SECONDS = 30;
/** tslab drops every request for 200 ms after a failed cell, by a timer that is late on a busy machine. */
const PAUSE_AFTER_ERROR_MS = 1000;
/** How long the last outputs of a kernel that died may take to arrive. */
const DRAIN_MS = 200;
const STDERR_TAIL = 4000;
const OUT_OF_MEMORY = /out of memory|bad_alloc|Cannot allocate memory/i;

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
  private readonly key = randomUUID();
  private readonly displays: Displays = new Map();
  private readonly collectors = new Map<string, OutputCollector>();
  private readonly pending = new Map<string, Pending>();
  private readonly folder: string;
  private readonly child: ChildProcess;
  private readonly shell: import('zeromq').Dealer;
  private readonly iopub: import('zeromq').Subscriber;
  private readonly killAtExit = (): void => this.kill();
  private heard = false;
  private infoReplies = 0;
  private ended: string | undefined;
  private stderrTail = '';
  private quietUntil = 0;
  private graceSeconds = GRACE_SECONDS;

  private constructor({ cwd, environment = {} }: KernelOptions) {
    const { Dealer, Subscriber } = loadZeromq();
    // Sockets in the file system: no port can be taken by another process, nothing listens on the network.
    // Their paths are limited to about 100 characters, which some temporary folders use up.
    this.folder = makeTemporaryFolder('sgs-kernel', tmpdir().length < 50 ? tmpdir() : '/tmp');
    const ip = join(this.folder, 'socket');
    const ports = { shell_port: 1, iopub_port: 2, control_port: 3, stdin_port: 4, hb_port: 5 };
    const connection = {
      ...ports,
      ip,
      transport: 'ipc',
      key: this.key,
      signature_scheme: 'hmac-sha256',
      kernel_name: 'tslab',
    };
    const connectionFile = join(this.folder, 'connection.json');
    writeFileSync(connectionFile, JSON.stringify(connection), { mode: 0o600 });

    const { FORCE_COLOR: _, ...inherited } = process.env;
    // The kernel leaves when the process of this number is gone.
    const words = [join(packageRoot(), 'jupyter', 'kernel.cjs'), connectionFile, String(process.pid)];
    this.child = spawn(process.execPath, words, {
      cwd,
      env: { ...inherited, NO_COLOR: '1', ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
      // A group of its own: a terminal's Ctrl-C reaches only us, and what the kernel started dies with it.
      detached: true,
    });
    const keepTail = (chunk: Buffer): void => {
      this.stderrTail = (this.stderrTail + chunk.toString()).slice(-STDERR_TAIL);
    };
    this.child.stdout?.on('data', keepTail);
    this.child.stderr?.on('data', keepTail);
    this.child.on('error', (error) => this.end(`could not be started: ${error.message}`));
    this.child.on('exit', () => this.kill()); // what it started would hold its pipes open
    this.child.on('close', (code, signal) => this.end(`ended with ${this.causeOf(code, signal)}`));
    process.on('exit', this.killAtExit);

    this.shell = new Dealer({ linger: 0 });
    this.iopub = new Subscriber({ linger: 0, receiveHighWaterMark: 0 });
    this.iopub.subscribe();
    this.shell.connect(`ipc://${ip}:${ports.shell_port}`);
    this.iopub.connect(`ipc://${ip}:${ports.iopub_port}`);
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
      kernel.kill();
      if (i === patienceSeconds.length - 1)
        throw kernel.failure(`did not answer within ${seconds} s, at attempt ${i + 1}`);
    }
    throw new RangeError('Kernel.start: patienceSeconds is empty');
  }

  /** Whether it answers in time. */
  private async answers(seconds: number): Promise<boolean> {
    const deadline = Date.now() + seconds * 1000;
    // A publisher's first messages reach nobody: ask again, after each reply, until the kernel's status arrives.
    for (let asked = 0; !this.heard;) {
      if (this.ended !== undefined) throw this.failure(this.ended);
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
    if (this.ended !== undefined) return { status: 'died', outputs: [], stderr: '' };
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
          timers.push(setTimeout(() => this.kill(), this.graceSeconds * 1000));
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
    if (this.ended === undefined) this.child.kill('SIGINT');
  }

  /**
   * Ends the kernel: asks it to leave, waits for work that an interrupt left behind, then kills it and
   * everything it started.
   */
  async shutdown(): Promise<void> {
    if (this.ended === undefined) {
      const closed = once(this.child, 'close');
      this.request('shutdown_request', { restart: false });
      const patience = new AbortController();
      const patient = sleep(this.graceSeconds * 1000, 'late', patience).catch(() => undefined);
      if ((await Promise.race([closed, patient])) === 'late') this.kill();
      patience.abort();
      await closed;
    }
  }

  private kill(): void {
    if (this.child.pid === undefined) return;
    try {
      process.kill(-this.child.pid, 'SIGKILL');
    } catch {
      this.child.kill('SIGKILL'); // the group is gone, or groups are unknown here
    }
  }

  private request(type: string, content: object): string {
    const { frames, id } = encodeRequest(this.key, this.session, type, content);
    this.shell.send(frames).catch(() => undefined); // fails only when closed, and then `ended` says why
    return id;
  }

  private async listen(socket: import('zeromq').Dealer | import('zeromq').Subscriber): Promise<void> {
    for await (const frames of socket) {
      const message = decodeMessage(this.key, frames);
      if (message) this.take(message);
    }
  }

  private take({ type, parentId = '', content }: KernelMessage): void {
    const pending = this.pending.get(parentId);
    if (type === 'status') {
      this.heard = true;
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

  /** How the kernel's process ended, once it has, such as `ended with exit code 3`. */
  get death(): string | undefined {
    return this.ended;
  }

  private causeOf(code: number | null, signal: NodeJS.Signals | null): string {
    const how = signal ?? `exit code ${code}`;
    if (OUT_OF_MEMORY.test(this.stderrTail)) return `${how}: out of memory`;
    return signal === 'SIGKILL' ? 'SIGKILL, as the system does where memory runs out' : how;
  }

  private end(how: string): void {
    this.ended ??= how;
    process.off('exit', this.killAtExit);
    rmSync(this.folder, { recursive: true, force: true });
    const close = (): void => {
      this.shell.close();
      this.iopub.close();
      for (const { stopped, settle } of this.pending.values()) settle(stopped ?? 'died');
    };
    if (this.pending.size > 0) setTimeout(close, DRAIN_MS);
    else close();
  }

  private failure(how: string): Error {
    const said = this.stderrTail.trim();
    return new Error(`the notebook kernel ${how}${said && `; its last words:\n${said}`}`);
  }
}
