// A trial in a process of its own: started, listened to, stopped. Tests: test/sweep/executor.slow.ts.
import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { packageRoot } from '../paths.js';
import { kernelKills, type ProcessEnd } from './failure.js';
import type { TrialMessage } from './messages.js';

/** Arguments of `sgs trial`. */
export interface TrialProcessOptions {
  runsFolder: string;
  threads: number;
  engine?: string;
  backend?: string;
  dataDir?: string;
  /** Stop after this epoch. */
  until?: number;
  /** End where another process works on the run. */
  noWait?: boolean;
  /** A token whose owner was seen to be gone. */
  takeOver?: number;
  leaseSeconds?: number;
  checkpointSeconds?: number;
  onMessage?(message: TrialMessage): void;
}

/** A running trial. */
export interface TrialProcess {
  readonly pid: number | undefined;
  readonly ended: Promise<ProcessEnd>;
  /** Asks it to stop at its next safe point. */
  stop(): void;
  /** Ends it at once. */
  kill(): void;
}

/** Length of stderr that is kept, characters. */
const TAIL = 4000;

/** The words of `sgs trial` on a file. */
export const trialWords = (file: string, options: TrialProcessOptions): string[] => [
  join(packageRoot(), 'scripts', 'sgs.mjs'),
  ...['trial', file, '--runs', options.runsFolder, '--threads', String(options.threads)],
  ...(options.engine ? ['--engine', options.engine] : []),
  ...(options.backend ? ['--backend', options.backend] : []),
  ...(options.dataDir ? ['--data-dir', options.dataDir] : []),
  ...(options.until === undefined ? [] : ['--until', String(options.until)]),
  ...(options.noWait ? ['--no-wait'] : []),
  ...(options.takeOver === undefined ? [] : ['--take-over', String(options.takeOver)]),
  ...(options.leaseSeconds === undefined ? [] : ['--lease-seconds', String(options.leaseSeconds)]),
  ...(options.checkpointSeconds === undefined
    ? []
    : ['--checkpoint-seconds', String(options.checkpointSeconds)]),
];

/**
 * Starts `sgs trial` on a file. It is in a process group of its own, so that Ctrl-C in the terminal reaches it once,
 * through the process that leads; and it stops by itself when that one dies.
 */
export function startTrial(file: string, options: TrialProcessOptions): TrialProcess {
  const killsBefore = kernelKills();
  const child = spawn(process.execPath, trialWords(file, options), {
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    detached: true,
  });
  let stderr = '';
  child.stderr!.on('data', (text: Buffer) => (stderr = (stderr + text.toString()).slice(-TAIL)));
  child.on('message', (message: TrialMessage) => options.onMessage?.(message));
  const ended = new Promise<ProcessEnd>((resolve) => {
    child.on('error', (error) =>
      resolve({ code: null, signal: null, stderr: `${stderr}\n${error.message}` }),
    );
    child.on('close', (code, signal) => {
      const kills = kernelKills();
      const kernelKilled = kills === undefined || killsBefore === undefined ? undefined : kills > killsBefore;
      resolve({ code, signal, stderr, ...(kernelKilled !== undefined && { kernelKilled }) });
    });
  });
  return {
    pid: child.pid,
    ended,
    stop: () => void signal(child, 'SIGINT'),
    kill: () => void signal(child, 'SIGKILL'),
  };
}

const signal = (child: ChildProcess, name: NodeJS.Signals): boolean =>
  child.exitCode === null && child.signalCode === null && child.kill(name);
