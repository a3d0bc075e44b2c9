// Entry of a pool's worker in a page. A browser's worker takes no message while it works: it stops where mail is under way, and
// the message sets it to work again. Tests: test/engines/event/browser/training.slow.ts.
import { KernelThread, type WorkerData, type WorkerMail } from '../thread.js';

let thread: KernelThread | undefined;
let received = 0;

addEventListener('message', ({ data }: MessageEvent<WorkerData | WorkerMail>) => {
  if (thread === undefined) {
    thread = new KernelThread(data as WorkerData);
    thread.control.started();
  } else {
    received++;
    thread.receive(data as WorkerMail);
  }
  const { control } = thread;
  // The pool counts what it has posted after it has posted it: a message may come before it is counted.
  thread.run(() => control.mail <= received);
});
