// The slow tests: `npm run test:slow`. Same set-up as `npm test`, other files, a longer patience: it only ends what hangs.
export default {
  files: ['build/test/**/*.slow.js'],
  nodeArguments: ['--import=./test/_environment.mjs', '--enable-source-maps'],
  timeout: '15m',
  concurrency: 2,
};
