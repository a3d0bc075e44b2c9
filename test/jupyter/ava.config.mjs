// The report, and the notebooks in real Jupyter: `npm run test:jupyter`. Same set-up as `npm test`, other files, one at a time.
export default {
  files: ['test/jupyter/*.browser.ts'],
  extensions: { ts: 'module' },
  nodeArguments: ['--import=./test/_register-ts.mjs'],
  timeout: '60m',
  concurrency: 1,
  workerThreads: false, // what a test has started is ended when its process gets a signal
};
