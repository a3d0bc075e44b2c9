// The types that cells are checked with (jupyter/types.cjs). Needs dist (npm run build).
import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import test from 'ava';

/** Compiles cells as the kernel does and prints which declaration files each read and what it is told. */
const SCRIPT = `
  const { createRequire } = require('node:module');
  require(process.argv[1]).install();
  const tslab = createRequire(require.resolve('tslab/dist/main.js'));
  const { sys } = tslab('@tslab/typescript-for-tslab');
  const { readFile } = sys;
  let read = [];
  sys.readFile = (path, ...rest) => (read.push(path), readFile(path, ...rest));
  const converter = tslab('./converter.js').createConverter({ isJS: false, isBrowser: false });
  const cells = JSON.parse(process.argv[2]).map((cell) => {
    const { diagnostics } = converter.convert('', cell);
    const found = { read, messages: diagnostics.map(({ messageText }) => messageText) };
    read = [];
    return found;
  });
  process.stdout.write(JSON.stringify(cells), () => process.exit());
`;

interface Compiled {
  read: string[];
  messages: string[];
}

function compile(cells: readonly string[]): Compiled[] {
  const { stdout, stderr } = spawnSync(
    process.execPath,
    ['-e', SCRIPT, resolve('jupyter/types.cjs'), JSON.stringify(cells)],
    { encoding: 'utf8', maxBuffer: 2 ** 26 },
  );
  if (stdout === '') throw new Error(stderr);
  return JSON.parse(stdout) as Compiled[];
}

test('a cell that imports the package reads its declarations and none of TensorFlow.js; mistakes in settings are found', (t) => {
  const [imports, mistake, tensors] = compile([
    `import { surrogates, train } from 'sgs-snn';`,
    `import { train } from 'sgs-snn';\nawait train({ epochs: 'two' });`,
    `import { tensor } from '@tensorflow/tfjs';\nconst wrong: string = tensor([1]);`,
  ]);
  const of = ({ read }: Compiled, part: string): string[] => read.filter((path) => path.includes(part));
  t.deepEqual(imports.messages, []);
  t.true(of(imports, '/dist/surrogates/surrogate.d.ts').length > 0);
  t.deepEqual(of(imports, '@tensorflow'), []);
  t.deepEqual(of(imports, '@types/jsdom'), [], 'nothing in a cell needs it');
  t.deepEqual(mistake.messages, [`Type 'string' is not assignable to type 'number'.`]);
  t.regex(tensors.messages.join(), /^Type 'Tensor<Rank>' is not assignable to type 'string'/);
});
