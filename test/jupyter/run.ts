// `npm run test:jupyter`: the report and the notebooks in real Jupyter, in a real browser. Says what is skipped and why; the exit
// code is 0 when everything that could be tested holds.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { packageRoot } from '../../src/paths.js';
import { recordsFolder, recordsMissing } from './notebooks.js';
import { findChromium, findClassicNotebook, findPython } from './tools.js';
import { makeVenv, venvIsReady } from './venv.js';

const skip = (what: string, why: string): void => console.log(`skipped: ${what}: ${why}`);

/** Whether JupyterLab can be tested; makes its environment where it is missing. */
function labIsReady(): boolean {
  if (venvIsReady()) return true;
  const python = findPython();
  if (!python) {
    skip(
      'JupyterLab',
      'no Python 3.10 or newer that can make environments (Debian: python3 and python3-venv)',
    );
    return false;
  }
  console.log(`installing JupyterLab with ${python.version} into .venv/jupyter …`);
  const installation = makeVenv(python.path);
  if (installation.status === 'ready') return true;
  if (installation.status === 'unreachable') {
    skip('JupyterLab', `it is not installed and no package index is reached:\n${installation.said}`);
    return false;
  }
  console.error(`JupyterLab could not be installed:\n${installation.said}`);
  process.exit(1);
}

const chromium = findChromium();
if (!chromium) {
  skip(
    'the report, and the notebooks in Jupyter',
    'no Chromium (Debian: chromium); SGS_CHROMIUM names one elsewhere',
  );
  process.exit(0);
}
if (recordsMissing()) {
  console.error(`there are no records in ${recordsFolder()}: run \`npm run reproduce\` first`);
  process.exit(1);
}
const lab = labIsReady();
const classic = findClassicNotebook();
if (!classic) skip('classic Notebook', 'Debian’s package jupyter-notebook, version 6, is not installed');
console.log(chromium.version);
const { status } = spawnSync(
  process.execPath,
  [
    join(packageRoot(), 'node_modules', 'ava', 'entrypoints', 'cli.mjs'),
    ...['--config', 'test/jupyter/ava.config.mjs'],
    'test/jupyter/report.browser.ts',
    ...(lab ? ['test/jupyter/lab*.browser.ts'] : []),
    ...(classic ? ['test/jupyter/classic.browser.ts'] : []),
  ],
  { cwd: packageRoot(), stdio: 'inherit' },
);
process.exit(status ?? 1);
