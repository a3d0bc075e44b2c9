// One signal for all that asks a process to stop at its next safe point.
import { interruptSignal } from '../cell/interrupt.js';

let current: AbortController | undefined;

/**
 * Aborts with Ctrl-C, with SIGTERM (a cluster's notice), and with the death of the process that started this one. All
 * callers share one signal; once it has aborted, the next call gives a fresh one.
 */
export function stopSignal(): AbortSignal {
  if (current !== undefined && !current.signal.aborted) return current.signal;
  const controller = new AbortController();
  current = controller;
  const notices = ['SIGTERM', 'SIGHUP', ...(process.send ? ['disconnect'] : [])];
  const stop = (): void => {
    for (const notice of notices) process.off(notice, stop);
    controller.abort(new DOMException('stopped', 'AbortError'));
  };
  for (const notice of notices) process.on(notice, stop);
  interruptSignal().addEventListener('abort', stop, { once: true });
  if (process.send) {
    process.channel?.unref();
    if (!process.connected) stop(); // it died while this one was still loading
  }
  return controller.signal;
}
