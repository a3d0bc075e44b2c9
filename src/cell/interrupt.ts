// Ctrl-C as an AbortSignal, for long loops on the command line and in a notebook cell.
import { nextTurn } from '../host/turn.js';
import { type DisplayChannel, displayChannel } from './output.js';

let current: AbortController | undefined;
/** Of the cell that ran when the signal last aborted. */
let interruptedCell: DisplayChannel | undefined;

/**
 * A signal that aborts when the process gets SIGINT: Ctrl-C in a terminal, "interrupt" in Jupyter.
 *
 * Loops that look at it stop at their next safe point and leave a resumable run. All callers share one signal;
 * once it has aborted, the next call gives a fresh one, in a notebook from the next cell on. On the command line a second
 * Ctrl-C exits at once, with code 130; a notebook's kernel always survives.
 *
 * @returns the shared signal; its reason is an error with name `AbortError` once it has aborted
 *
 * @example
 * ```ts
 * await train(experiment, { signal: interruptSignal() });
 * ```
 */
export function interruptSignal(): AbortSignal {
  if (current === undefined || (current.signal.aborted && !isInterruptedCell())) {
    const controller = new AbortController();
    current = controller;
    // While the synchronous part of a cell runs, Node takes all SIGINT listeners off the process; one that is
    // added in that time makes the next interrupt kill the kernel. A microtask comes after it.
    queueMicrotask(() => process.once('SIGINT', () => onInterrupt(controller)));
  }
  return current.signal;
}

/**
 * The signal that a long call obeys: the one it was given; in a notebook, where none is given, the interrupt. tslab ends an
 * interrupted cell and knows nothing of the work that it has begun, so the work must watch its signal by itself.
 *
 * @throws the interrupt's reason where the cell has been interrupted already: what it would do next does not begin
 */
export function signalOrInterrupt(given: AbortSignal | undefined): AbortSignal | undefined {
  if (given !== undefined || displayChannel() === undefined) return given;
  const signal = interruptSignal();
  signal.throwIfAborted();
  return signal;
}

/**
 * Yields once, so that Ctrl-C is noticed in the middle of long synchronous work.
 *
 * @throws the signal's reason when it has aborted
 */
export async function breathe(signal?: AbortSignal): Promise<void> {
  await nextTurn();
  signal?.throwIfAborted();
}

/** Whether the cell that was interrupted is still the last one: each has a channel of its own. */
const isInterruptedCell = (): boolean =>
  interruptedCell !== undefined && interruptedCell === displayChannel();

function onInterrupt(controller: AbortController): void {
  interruptedCell = displayChannel();
  if (interruptedCell === undefined) {
    process.once('SIGINT', () => process.exit(130));
    process.stderr.write('\nStopping at the next safe point; press Ctrl-C again to exit at once.\n');
  }
  controller.abort();
}

// A notebook listens from its import of the package on, so that an interrupt before the first long call stops that call too.
if (displayChannel() !== undefined) interruptSignal();
