// The package as somebody else gets it: packed, installed in an empty project, type-checked, and used in ten lines.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import test from 'ava';

const root = resolve('.');

const TEN_LINES = `import { experiment, loadDataset, openEngine, openRuns, train } from 'sgs-snn';

const settings = experiment({
  network: { architecture: 'convNet', width: 0.125 },
  data: { name: 'shapes10', trainLimit: 200, testLimit: 100 },
  epochs: 1,
  batchSize: 50,
});
const dataset = await loadDataset(settings.data);
const engine = await openEngine({ backend: 'wasm' });
const record = await train(settings, { engine, dataset, runs: openRuns('runs') });
const accuracy: number | undefined = record.outcome.testAccuracy;
console.log(record.outcome.status, accuracy);
`;

const run = (folder: string, command: string, ...words: string[]): string =>
  execFileSync(command, words, { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });

test.serial('the packed package installs in an empty project, type-checks and trains in ten lines', (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'sgs-package-'));
  try {
    run(root, 'npm', 'pack', '--ignore-scripts', '--pack-destination', folder);
    const [tarball] = readdirSync(folder).filter((name) => name.endsWith('.tgz'));
    const project = join(folder, 'project');
    mkdirSync(project);
    writeFileSync(join(project, 'package.json'), '{"name": "consumer", "private": true, "type": "module"}');
    run(project, 'npm', 'install', '--no-audit', '--no-fund', join(folder, tarball));
    const installed = readdirSync(join(project, 'node_modules'));
    for (const developing of ['tslab', 'danfojs-node', 'plotly.js-dist', 'zeromq', 'jsdom', 'ava'])
      t.false(installed.includes(developing), `${developing} must not come with the package`);
    writeFileSync(join(project, 'main.ts'), TEN_LINES);
    const compiler = join(root, 'node_modules', '@typescript', 'native', 'bin', 'tsc');
    const compilerOptions = {
      module: 'NodeNext',
      target: 'ES2022',
      strict: true,
      skipLibCheck: true,
      types: [],
    };
    writeFileSync(join(project, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: ['main.ts'] }));
    run(project, process.execPath, compiler);
    const output = run(project, process.execPath, 'main.js');
    t.regex(output, /^done 0\.\d+/m);
    t.regex(run(project, 'npx', '--no', 'sgs', 'runs', 'list', '--runs', 'runs'), /run-[0-9a-f]{16} .* done/);
  } catch (error) {
    t.fail(
      `${(error as Error).message}\n${(error as { stdout?: string }).stdout ?? ''}\n${(error as { stderr?: string }).stderr ?? ''}`,
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
