// Entry of a pool's worker thread: runs units of every batch that the pool opens, sleeps while there are none.
// Tests: test/engines/event/pool.test.ts.
import { parentPort, receiveMessageOnPort, workerData } from 'node:worker_threads';
import { collectGarbage } from './collect.js';
import { Control } from './control.js';
import { instantiate, type Kernel } from './instance.js';
import type { VectorBits } from './vectors.js';

/** What a worker is started with. */
export interface WorkerData {
  control: SharedArrayBuffer;
  /** 1 and up. */
  thread: number;
  kernels: WebAssembly.Module;
  vectors: VectorBits;
}

/** A model's memory comes, or goes when it is missing. */
export interface WorkerMail {
  model: number;
  memory?: WebAssembly.Memory;
  /** Modules of its own, besides the kernels that all have. */
  own?: readonly WebAssembly.Module[];
}

const { control: buffer, thread, kernels, vectors } = workerData as WorkerData;
const control = new Control(buffer, thread);
/** Kernels by model, or why there are none. */
const models = new Map<number, Kernel[] | string>();
let mail = 0;

function receive(): void {
  const posted = control.mail;
  if (posted === mail) return;
  mail = posted;
  let released = false;
  for (let received; (received = receiveMessageOnPort(parentPort!));) {
    const { model, memory, own } = received.message as WorkerMail;
    if (!memory) released = models.delete(model) || released;
    else
      try {
        models.set(model, instantiate(kernels, memory, vectors, own));
      } catch (error) {
        models.set(model, (error as Error).message);
      }
  }
  if (released) collectGarbage();
}

const never = (): boolean => false;

control.started();
for (;;) {
  const event = control.event;
  receive();
  const model = control.enter();
  if (model !== undefined) {
    receive(); // the batch may be of a model that was attached a moment ago
    const own = models.get(model);
    if (own && typeof own !== 'string') control.work(own, never);
    else control.fail(0, `the kernels could not be started: ${own ?? 'no memory was received'}`);
    control.leave();
  }
  control.rest(event);
}
