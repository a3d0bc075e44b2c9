// A kernel ends with the runner that started it, whatever either is doing at that moment. Jupyter ends its kernels itself.
'use strict';
const { Worker } = require('node:worker_threads');

/** Milliseconds between two looks. */
const EVERY = 500;

/**
 * Ends this process, and all that it started, once its parent is no more the runner: then the runner is dead. Watched
 * by a thread, since a cell may hold the main one for hours, and by number, since the runner may be dead already.
 */
module.exports.leaveWith = (runner) => {
  const watch = () => {
    const { runner, every } = require('node:worker_threads').workerData;
    const look = () => {
      if (process.ppid === runner) return;
      try {
        process.kill(-process.pid, 'SIGKILL'); // the kernel leads its group
      } catch {
        process.kill(process.pid, 'SIGKILL');
      }
    };
    look();
    require('node:timers').setInterval(look, every);
  };
  new Worker(`(${watch})()`, { eval: true, workerData: { runner, every: EVERY } }).unref();
};
