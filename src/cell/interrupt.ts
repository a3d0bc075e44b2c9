// Ctrl-C as an AbortSignal, for long loops on the command line and in a notebook cell.
import { setImmediate } from 'node:timers/promises';
import { displayChannel } from './output.js';

let current: AbortController | undefined;

/**
 * A signal that aborts when the process gets SIGINT: Ctrl-C in a terminal, "interrupt" in Jupyter.
 *
 * Loops that look at it stop at their next safe point and leave a resumable run. All callers share one signal;
 * once it has aborted, the next call gives a fresh one. On the command line a second Ctrl-C exits at once, with
 * code 130; a notebook's kernel always survives.
 *
 * @example
 * ```ts
 * await train(experiment, { signal: interruptSignal() });
 * ```
 */
export function interruptSignal(): AbortSignal {
  if (current === undefined || current.signal.aborted) {
    const controller = new AbortController();
    current = controller;
    // While the synchronous part of a cell runs, Node takes all SIGINT listeners off the process; one that is
    // added in that time makes the next interrupt kill the kernel. A microtask comes after it.
    queueMicrotask(() => process.once('SIGINT', () => onInterrupt(controller)));
  }
  return current.signal;
}

/**
 * Lets the event loop run once, so that Ctrl-C is heard in the middle of long synchronous work.
 *
 * @throws the signal's reason when it has aborted
 */
export async function breathe(signal?: AbortSignal): Promise<void> {
  await setImmediate();
  signal?.throwIfAborted();
}

function onInterrupt(controller: AbortController): void {
  if (displayChannel() === undefined) {
    process.once('SIGINT', () => process.exit(130));
    process.stderr.write('\nStopping at the next safe point; press Ctrl-C again to exit at once.\n');
  }
  controller.abort();
}
