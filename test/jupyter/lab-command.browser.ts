// `npm run lab` with the JupyterLab of the virtual environment.
import { delimiter, join } from 'node:path';
import test from 'ava';
import { startBrowser } from './browser.js';
import { NotebookPage } from './notebook-page.js';
import { npmRunLab } from './programs.js';
import { startServer } from './server.js';
import { venvFolder } from './venv.js';

test('npm run lab: opens a notebook of the repository with a kernel that needs no installation', async (t) => {
  const server = await startServer({
    ...npmRunLab,
    environment: { PATH: [join(venvFolder(), 'bin'), process.env.PATH].join(delimiter) },
  });
  t.teardown(() => server.stop());
  const browser = await startBrowser();
  t.teardown(() => browser.close());
  const notebook = await NotebookPage.open(browser, npmRunLab, server, 'quickstart');
  // The toolbar may say it a moment after the kernel is there.
  const name = notebook.page.locator('.jp-KernelName', { hasText: 'TypeScript (sgs-snn)' });
  t.is(await name.innerText(), 'TypeScript (sgs-snn)');
  t.regex((await notebook.cells())[0].source, /^# Quickstart/);
  t.deepEqual(notebook.errors, []);
  await notebook.close(server);
});
