// `npm run lab`: starts Jupyter, if it is installed, with this repository's own kernel and nothing to install.
import { spawn, spawnSync } from 'node:child_process';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const program = ['lab', 'notebook'].find((name) => spawnSync('jupyter', [name, '--version']).status === 0);
if (program === undefined) {
  console.error(
    'Jupyter is not installed: `pip install jupyterlab`, then `npm run lab` again.\n' +
      'Notebooks also run without it: `npm run notebooks`.',
  );
  process.exit(1);
}
const path = [join(root, 'jupyter'), process.env.JUPYTER_PATH].filter(Boolean).join(delimiter);
const child = spawn('jupyter', [program, join(root, 'notebooks'), ...process.argv.slice(2)], {
  stdio: 'inherit',
  env: { ...process.env, JUPYTER_PATH: path },
});
child.on('exit', (code) => process.exit(code ?? 1));
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
