// Two repairs of how tslab uses zeromq.js.
'use strict';
const { createRequire } = require('node:module');

/** The sockets of a kernel, as tslab names them. */
const NAMES = ['iopub', 'shell', 'control', 'stdin', 'hb'];

/** When each socket is bound. */
const bindings = new WeakMap();

/**
 * zeromq.js queues at most 512 messages in one turn of the event loop and drops the rest, the idle status among them: a
 * cell that prints 600 lines in a loop would never end for its client. Without a limit, and without waiting for one,
 * every message leaves at once.
 *
 * And a socket that is still binding refuses to send and to receive (EBUSY), while its clients are connected already: a
 * first request at that moment would end tslab's loop over requests, and the kernel would never answer. So both wait.
 */
module.exports.install = () => {
  const tslab = createRequire(require.resolve('tslab/dist/main.js'));
  const server = tslab('./jupyter.js').ZmqServer.prototype;
  const { bindSocket } = server;
  server.bindSocket = function bindRepaired(socket, port) {
    const name = NAMES.find((each) => this[each] === socket);
    if (name === 'iopub') {
      socket.sendHighWaterMark = 0;
      socket.sendTimeout = 0;
    }
    const bound = bindSocket.call(this, socket, port);
    bindings.set(socket, bound);
    this[name] = sendingWhenBound(socket, bound);
    return bound;
  };

  const { prototype } = tslab('zeromq').Socket;
  const iterate = prototype[Symbol.asyncIterator];
  prototype[Symbol.asyncIterator] = function messagesWhenBound() {
    const messages = iterate.call(this);
    return {
      next: () => {
        const bound = bindings.get(this); // not yet begun when tslab asks for the first message
        return bound ? bound.then(() => messages.next()) : messages.next();
      },
    };
  };
};

/** What tslab needs of a socket once it is set up. */
function sendingWhenBound(socket, bound) {
  let ready = false;
  bound.then(
    () => (ready = true),
    () => undefined, // `init` fails with it
  );
  return {
    send(message) {
      // After a shutdown, work that an interrupt left behind (a training writing its checkpoint) may still print.
      if (socket.closed) return Promise.resolve();
      return ready ? socket.send(message) : bound.then(() => this.send(message));
    },
    close: () => socket.close(),
  };
}
