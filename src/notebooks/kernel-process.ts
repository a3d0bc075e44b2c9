// The process of a tslab kernel: its sockets, its environment, how it ended and what it said last.
// Tests: test/notebooks/kernel.test.ts.
import { spawn, type ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeTemporaryFolder } from '../files/temporary-folder.js';
import { packageRoot } from '../paths.js';

/** Start data of a kernel's process. */
export interface KernelProcessOptions {
  /** The kernel's working folder: imports are resolved from it. */
  cwd: string;
  /** Set on top of this process's environment. */
  environment?: Readonly<Record<string, string>>;
}

const PORTS = { shell_port: 1, iopub_port: 2, control_port: 3, stdin_port: 4, hb_port: 5 };
const STDERR_TAIL = 4000;
const OUT_OF_MEMORY = /out of memory|bad_alloc|Cannot allocate memory/i;

/** Starts with its making. */
export class KernelProcess {
  /** Signs the messages. */
  readonly key = randomUUID();
  /** Its end, once it has ended, such as `ended with exit code 3`. */
  ended: string | undefined;
  private readonly folder: string;
  private readonly socket: string;
  private readonly child: ChildProcess;
  private readonly killAtExit = (): void => this.kill();
  private stderrTail = '';

  constructor(
    { cwd, environment = {} }: KernelProcessOptions,
    private readonly onEnd: () => void,
  ) {
    // Sockets in the file system: no port can be taken by another process, nothing listens on the network.
    // Their paths are limited to about 100 characters, which some temporary folders use up.
    this.folder = makeTemporaryFolder('sgs-kernel', tmpdir().length < 50 ? tmpdir() : '/tmp');
    this.socket = join(this.folder, 'socket');
    const connection = {
      ...PORTS,
      ip: this.socket,
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
  }

  /** Where it listens. */
  address(port: 'shell_port' | 'iopub_port'): string {
    return `ipc://${this.socket}:${PORTS[port]}`;
  }

  /** Sends SIGINT. */
  interrupt(): void {
    if (this.ended === undefined) this.child.kill('SIGINT');
  }

  /** Kills it and everything it started. */
  kill(): void {
    if (this.child.pid === undefined) return;
    try {
      process.kill(-this.child.pid, 'SIGKILL');
    } catch {
      this.child.kill('SIGKILL'); // the group is gone, or groups are unknown here
    }
  }

  /** Resolves when it is gone and its pipes are closed. */
  async closed(): Promise<void> {
    await once(this.child, 'close');
  }

  /** An error with its last words. */
  failure(how: string): Error {
    const said = this.stderrTail.trim();
    return new Error(`the notebook kernel ${how}${said && `; its last words:\n${said}`}`);
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
    this.onEnd();
  }
}
