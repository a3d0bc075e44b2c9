// Entry of a pool's worker thread in Node: takes mail in the middle of its work, which runs for ever.
// Tests: test/engines/event/pool.test.ts.
import { parentPort, receiveMessageOnPort, workerData } from 'node:worker_threads';
import { collectGarbage } from './collect.js';
import { KernelThread, type WorkerData, type WorkerMail } from './thread.js';

const thread = new KernelThread(workerData as WorkerData);
let mail = 0;

function receive(): boolean {
  const posted = thread.control.mail;
  if (posted === mail) return true;
  mail = posted;
  let released = false;
  for (let received; (received = receiveMessageOnPort(parentPort!));)
    released = thread.receive(received.message as WorkerMail) || released;
  if (released) collectGarbage();
  return true;
}

thread.control.started();
thread.run(receive);
