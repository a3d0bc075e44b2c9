// The tslab kernel with repairs. Jupyter starts it through kernels/tslab, `sgs notebooks run` directly:
//   node kernel.cjs <connection file> [process id of the runner]
'use strict';
const util = require('node:util');

// tfjs-node-gpu calls it; Node 23 removed it.
util.isNullOrUndefined ??= (value) => value === null || value === undefined;

const [connectionFile, runner] = process.argv.slice(2);
if (!connectionFile) {
  console.error('usage: node kernel.cjs <connection file> [process id of the runner]');
  process.exit(1);
}
if (runner) require('./orphan.cjs').leaveWith(Number(runner));

let tslab;
try {
  require('./types.cjs').install(); // these two before tslab loads its compiler
  require('./source-map.cjs').install();
  tslab = require('tslab/dist/main.js');
} catch (error) {
  if (error.code !== 'MODULE_NOT_FOUND') throw error;
  console.error('tslab is not installed beside this kernel; run: npm install --save-dev tslab@1.0.22');
  process.exit(1);
}
require('./sockets.cjs').install();
require('./shorthand.cjs').install();
require('./last-value.cjs').install();
require('./inspect.cjs').install();
const { reportUnhandled } = require('./errors.cjs').install();

// Not another project's tslab from the notebook's folder: it would run without the repairs.
tslab.startKernel({ configPath: connectionFile, enableFindLocal: false });
reportUnhandled();
