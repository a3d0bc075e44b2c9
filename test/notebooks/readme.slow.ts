// The README's examples in a kernel, the first cut into cells as readers do it. Smaller, so that a training takes a second.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'ava';
import ts from 'typescript';
import { Kernel } from '../../src/notebooks/kernel.js';
import { packageRoot } from '../../src/paths.js';
import { temporaryFolder } from '../helpers/folder.js';

const cwd = join(packageRoot(), 'notebooks');
const examples = readFileSync(join(packageRoot(), 'README.md'), 'utf8').matchAll(/^```ts\n([^]*?)```$/gm);
const [first, own] = [...examples].map(([, code]) => code);
const example = first
  .replace(
    "data: { name: 'shapes10' }",
    "data: { name: 'shapes10', trainLimit: 50, testLimit: 20 }, network: { architecture: 'convNet', width: 0.125 }",
  )
  .replace('epochs: 4', 'epochs: 1');
const statements = ts
  .createSourceFile('readme.ts', example, ts.ScriptTarget.Latest, true)
  .statements.map((statement) => statement.getText());

test('README: its example runs in two cells cut at every line, and in a cell a statement', async (t) => {
  t.true(example.includes('trainLimit: 50') && example.includes('epochs: 1') && statements.length === 4);
  const kernel = await Kernel.start({ cwd, environment: { SGS_RUNS: temporaryFolder(t) } });
  const printed = new Set<string>();
  const run = async (cells: string[], how: string): Promise<void> => {
    for (const cell of cells) {
      const { status, outputs, stderr } = await kernel.execute(cell);
      t.is(status, 'ok', `${how}: ${cell}\n${stderr}`);
      for (const output of outputs) if (output.output_type === 'stream') printed.add(output.text);
    }
  };
  try {
    await run(statements, 'a cell a statement');
    for (let at = 1; at < statements.length; at++)
      await run(
        [statements.slice(0, at), statements.slice(at)].map((part) => part.join('\n')),
        `cut at ${at}`,
      );
  } finally {
    await kernel.shutdown();
  }
  t.is(printed.size, 1); // the same run every time
  t.regex([...printed][0], /^run-[0-9a-f]{16} 0?\.?\d+\n$/);
});

test('README: a neuron, a surrogate and a network of your own train in a cell', async (t) => {
  const kernel = await Kernel.start({ cwd, environment: { SGS_RUNS: temporaryFolder(t) } });
  try {
    const small = "epochs: 1, batchSize: 25, data: { name: 'shapes10', trainLimit: 50, testLimit: 20 },";
    const cell = own
      .replace('epochs: 4, batchSize: 25,', small)
      .replace('await train', 'const run = await train');
    const { status, outputs, stderr } = await kernel.execute(`${cell}console.log(run.outcome.status);`);
    t.is(status, 'ok', stderr);
    t.true(outputs.some((output) => output.output_type === 'stream' && output.text === 'done\n'));
  } finally {
    await kernel.shutdown();
  }
});
