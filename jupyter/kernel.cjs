// The tslab kernel with two repairs. Jupyter starts it through kernels/tslab, `sgs notebooks run` directly:
//   node kernel.cjs <connection file>
'use strict';
const util = require('node:util');

// tfjs-node-gpu calls it; Node 23 removed it.
util.isNullOrUndefined ??= (value) => value === null || value === undefined;

let tslab;
let server;
try {
  tslab = require('tslab/dist/main.js');
  server = require('tslab/dist/jupyter.js').ZmqServer.prototype;
} catch (error) {
  if (error.code !== 'MODULE_NOT_FOUND') throw error;
  console.error('tslab is not installed beside this kernel; run: npm install --save-dev tslab@1.0.22');
  process.exit(1);
}

// zeromq.js queues at most 512 messages in one turn of the event loop and drops the rest, the idle status among
// them: a cell that prints 600 lines in a loop would never end for its client. Without a limit, and without
// waiting for one, every message leaves at once.
const { bindSocket } = server;
server.bindSocket = function bindUnlimited(socket, port) {
  if (socket === this.iopub) {
    socket.sendHighWaterMark = 0;
    socket.sendTimeout = 0;
    // After a shutdown, work that an interrupt left behind (a training writing its checkpoint) may still print.
    this.iopub = {
      send: (message) => (socket.closed ? Promise.resolve() : socket.send(message)),
      close: () => socket.close(),
    };
  }
  return bindSocket.call(this, socket, port);
};

// A runner that dies takes the kernel with it. Jupyter opens no such channel.
if (process.channel) {
  process.on('disconnect', () => process.exit(1));
  process.channel.unref();
}

const [connectionFile] = process.argv.slice(2);
if (!connectionFile) {
  console.error('usage: node kernel.cjs <connection file>');
  process.exit(1);
}
// Not another project's tslab from the notebook's folder: it would run without the repairs.
tslab.startKernel({ configPath: connectionFile, enableFindLocal: false });
