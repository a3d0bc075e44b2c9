// Whole notebooks through the real tslab kernel. Needs dist (npm run build).
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import test from 'ava';
import {
  createNotebook,
  formatNotebook,
  readNotebook,
  type CodeCell,
  type Output,
} from '../../src/notebooks/nbformat.js';
import { NotebookError, runNotebook } from '../../src/notebooks/run.js';
import { runNotebooks } from '../../src/notebooks/run-all.js';

const folder = mkdtempSync(join(tmpdir(), 'sgs-run-'));
test.after.always(() => rmSync(folder, { recursive: true }));
const cwd = resolve('notebooks');

function write(name: string, cells: Parameters<typeof createNotebook>[0]): string {
  const file = join(folder, name);
  writeFileSync(file, formatNotebook(createNotebook(cells)));
  return file;
}
const stale: Output = { output_type: 'stream', name: 'stdout', text: 'of an earlier run' };
const textOf = (output: Output): unknown =>
  output.output_type === 'stream'
    ? output.text
    : 'data' in output
      ? output.data['text/plain']
      : output.evalue;

test.serial(
  'runNotebooks: parameters, displays, updates, returns and the package itself end up in the file',
  async (t) => {
    const file = write('good.ipynb', [
      '# A notebook',
      { code: 'let epochs = 1;\nlet seeds = [1];', tags: ['parameters'] },
      {
        code: `import { plot, progressBar, table } from 'sgs-snn/display';\nimport { stream } from 'sgs-snn';`,
      },
      {
        code: `process.stdout.write('1%\\r'); process.stdout.write('2%\\n'); console.log(epochs, seeds.length);`,
      },
      { code: `table([{ name: '</script>', first: stream(seeds[0], 'init').integer(3, 3) }]);` },
      {
        code: `const bar = progressBar({ total: 3, title: 'work' });
for (let i = 1; i <= 3; i++) { await new Promise((resolve) => setTimeout(resolve, 120)); bar.update(i, { i }); }
bar.stop();`,
      },
      { code: `await plot({ data: [{ type: 'scatter', y: [1, 2] }], layout: {} }, { picture: false });` },
      { code: `const wrong: string = 1;`, tags: ['raises-exception'] },
    ]);
    const lines: string[] = [];
    const ran = await runNotebooks([folder], {
      cwd,
      outputFolder: join(folder, 'executed'),
      parameters: { epochs: 5, seeds: [7, 8] },
      print: (line) => lines.push(line),
    });
    t.like(ran, [{ file, cells: 8 }]);
    t.regex(lines.join('\n'), /good\.ipynb {2}8 cells {2}\d+\.\d s$/);
    const { cells } = readNotebook(join(folder, 'executed', 'good.ipynb'));
    const texts = cells.map((cell) => (cell.cell_type === 'code' ? cell.outputs.map(textOf) : []));
    t.deepEqual(texts, [
      [],
      [],
      [],
      [],
      ['2%\n5 2\n'],
      ['name       first\n</script>      3'],
      [],
      ['figure: scatter'],
      ["1:7 - Type 'number' is not assignable to type 'string'.\n"],
    ]);
    t.is(cells[2].source, 'epochs = 5;\nseeds = [7,8];\nvoid 0; // a cell shows its last value');
    rmSync(file);
  },
);

test.serial(
  'runNotebook: a failing cell is named with its first line and its error, and outputs up to it are saved',
  async (t) => {
    const file = write('bad.ipynb', [
      '# Bad',
      { code: 'console.log("fine")' },
      { code: '// the culprit\nfunction f(): void { throw new RangeError("boom"); }\nf();' },
      { code: 'console.log("never")' },
    ]);
    const before = readNotebook(file);
    before.cells[3] = { ...(before.cells[3] as CodeCell), outputs: [stale], execution_count: 3 };
    writeFileSync(file, formatNotebook(before));
    const output = join(folder, 'bad-executed.ipynb');
    const error = await t.throwsAsync(runNotebook(file, { output, cwd }), {
      instanceOf: NotebookError,
      message: /bad\.ipynb: cell 3 failed: `\/\/ the culprit`\n[^]*RangeError: boom/,
    });
    t.notRegex(error.message, /tslab/);
    t.is(error.status, 'error');
    t.like(error.notebook.cells[1], { outputs: [{ text: 'fine\n' }] });
    const saved = readNotebook(output);
    t.like(saved.cells[1], { outputs: [{ text: 'fine\n' }], execution_count: 1 });
    t.like(saved.cells[2], {
      outputs: [
        {
          name: 'stderr',
          text:
            'RangeError: boom\n    in line 2: function f(): void { throw new RangeError("boom"); }\n' +
            '    in line 3: f();\n',
        },
      ],
    });
    t.like(saved.cells[3], { outputs: [], execution_count: null }); // nothing stale stands below an error
  },
);

test.serial('runNotebook: a kernel that dies is one line with notebook, cell and cause', async (t) => {
  const file = write('exit.ipynb', [
    { code: 'console.log("bye"); process.exit(3);' },
    { code: 'console.log("after");' },
  ]);
  const output = join(folder, 'exit-executed.ipynb');
  const { message } = await t.throwsAsync(runNotebook(file, { output, cwd }), { instanceOf: NotebookError });
  t.is(
    message,
    `${file}: cell 1 failed, the kernel ended with exit code 3: \`console.log("bye"); process.exit(3);\``,
  );
  t.like(readNotebook(output).cells[0], { outputs: [{ text: 'bye\n' }] });
});

test.serial('runNotebook: outputs too large to save do not hide the error', async (t) => {
  const file = write('large.ipynb', [
    { code: 'console.log("x".repeat(2 ** 21)); throw new Error("first");' },
  ]);
  const { message } = await t.throwsAsync(
    runNotebook(file, { output: join(folder, 'large-executed.ipynb'), cwd }),
    { instanceOf: NotebookError },
  );
  t.regex(message, /cell 1 failed[^]*Error: first\n[^]*was not saved: [^]*more than 1048576/);
});

test.serial('runNotebook: a rejection that nobody awaited fails the notebook', async (t) => {
  const file = write('stray.ipynb', [
    {
      code: `let seen = () => {};
const strayed = new Promise<void>((resolve) => { seen = resolve; });
setTimeout(() => { void Promise.reject(new Error("stray")); setTimeout(seen, 10); }, 50);`,
    },
    { code: 'await strayed;' },
  ]);
  await t.throwsAsync(runNotebook(file, { cwd }), { instanceOf: NotebookError, message: /stray/ });
});

test.serial('runNotebook: a cell that takes too long is named with the limit', async (t) => {
  const file = write('slow.ipynb', [{ code: 'for (;;) {}' }]);
  await t.throwsAsync(runNotebook(file, { cwd, timeoutSeconds: 0.5 }), {
    instanceOf: NotebookError,
    message: /slow\.ipynb: cell 1 did not end within 0\.5 s: `for \(;;\) \{\}`/,
  });
});
