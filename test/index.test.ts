// What an import of the package loads. Needs dist (npm run build).
import { spawnSync } from 'node:child_process';
import test from 'ava';

/** Prints the address of every module that is loaded. */
const HOOK = `
  import { writeSync } from 'node:fs';
  export async function load(url, context, next) { writeSync(1, url + '\\n'); return next(url, context); }
`;
const address = (script: string): string => `data:text/javascript,${encodeURIComponent(script)}`;
const REGISTER = `import { register } from 'node:module'; register(${JSON.stringify(address(HOOK))});`;

test('an import loads neither TensorFlow.js nor HDF5, archives, the assembler or an engine: who uses them waits for them', (t) => {
  const { stdout, stderr } = spawnSync(
    process.execPath,
    ['--import', address(REGISTER), '--input-type=module', '--eval', `await import('sgs-snn')`],
    { encoding: 'utf8' },
  );
  const loaded = stdout.trim().split('\n');
  t.true(
    loaded.some((url) => url.endsWith('/dist/session/train.js')),
    stderr,
  );
  const late =
    /node_modules\/(@tensorflow|h5wasm|tar|yauzl|assemblyscript|binaryen|jsdom|plotly)|dist\/engines\/(event|tfjs)\/engine/;
  t.deepEqual(
    loaded.filter((url) => late.test(url)),
    [],
  );
});
