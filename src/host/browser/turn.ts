// A turn of the event loop in a page or its worker: by a message, since browsers stretch timers to 4 milliseconds. Tests:
// test/host/turn.test.ts.
import type * as node from '../turn.js';

export const nextTurn: typeof node.nextTurn = () =>
  new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(undefined);
  });
