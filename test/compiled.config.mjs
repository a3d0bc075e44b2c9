// The fast tests as `npm test` runs them: compiled beforehand (test/run.mjs), which spares every file its TypeScript loader, some
// 0.5 s of CPU. `npx ava FILE` runs one straight from its source.
export default {
  files: ['build/test/**/*.test.js'],
  nodeArguments: ['--import=./test/_environment.mjs', '--enable-source-maps'],
  timeout: '10m',
};
