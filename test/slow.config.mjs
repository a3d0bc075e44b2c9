// The slow tests: `npm run test:slow`. Same set-up as `npm test`, other files, a longer patience: it only ends what hangs.
export default {
  files: ['test/**/*.slow.ts'],
  extensions: { ts: 'module' },
  nodeArguments: ['--import=./test/_environment.mjs', '--import=./test/_register-ts.mjs'],
  timeout: '15m',
  concurrency: 2,
};
