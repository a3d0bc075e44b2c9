// What asks a process to stop at its next safe point, as one signal.
import { interruptSignal } from '../cell/interrupt.js';

/** Aborts with Ctrl-C, with SIGTERM (a cluster's notice), and with the death of the process that started this one. */
export function stopSignal(): AbortSignal {
  const controller = new AbortController();
  const stop = (): void => controller.abort(new DOMException('stopped', 'AbortError'));
  interruptSignal().addEventListener('abort', stop, { once: true });
  process.once('SIGTERM', stop);
  process.once('SIGHUP', stop);
  if (process.send) {
    process.once('disconnect', stop);
    process.channel?.unref();
    if (!process.connected) stop(); // it died while this one was still loading
  }
  return controller.signal;
}
