// The tests on a real Slurm: `bash test/slurm/run.sh`, which starts one. Same set-up as `npm test`, other files.
export default {
  files: ['test/slurm/*.cluster.ts'],
  extensions: { ts: 'module' },
  nodeArguments: ['--import=./test/_environment.mjs', '--import=./test/_register-ts.mjs'],
  timeout: '60m',
  concurrency: 1,
};
