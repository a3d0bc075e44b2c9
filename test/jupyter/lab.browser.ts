// The notebooks in JupyterLab. Needs dist and the records of `npm run reproduce`; run.ts makes the environment.
import { cpSync, existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import test from 'ava';
import { packageRoot } from '../../src/paths.js';
import { startBrowser } from './browser.js';
import { checkInterrupt, checkRun, openFor, type Scene } from './checks.js';
import { figureProblems, stillProblems } from './figures.js';
import { copyNotebook, notebookNames, openWorkplace } from './notebooks.js';
import { jupyterLab } from './programs.js';
import { startServer } from './server.js';

let scene: Scene;

test.before(async () => {
  const place = openWorkplace('lab');
  for (const name of notebookNames()) copyNotebook(name, place.folder);
  const server = await startServer({ ...jupyterLab, ...place });
  scene = { program: jupyterLab, place, server, browser: await startBrowser() };
});
test.after.always(async () => {
  await scene?.browser.close();
  await scene?.server.stop();
});

for (const name of notebookNames())
  test.serial(`JupyterLab: ${name} runs without an error and its figures are visible`, async (t) => {
    await checkRun(t, scene, name);
  });

test.serial(
  'JupyterLab: progress of a training moves, an interrupt stops it, the next cell runs, the training resumes',
  (t) => checkInterrupt(t, scene),
);

test.serial(
  'JupyterLab: a notebook that it saved shows its figures as pictures when it is opened',
  async (t) => {
    const notebook = await openFor(t, scene, 'noise-robustness');
    await notebook.runAll();
    await notebook.save();
    await notebook.page.reload();
    await notebook.ready();
    t.deepEqual(await stillProblems(notebook), []);
  },
);

for (const name of notebookNames())
  test.serial(`JupyterLab: opening ${name} as it is committed does not modify it`, async (t) => {
    const file = join(scene.place.folder, `committed-${name}.ipynb`);
    cpSync(join(packageRoot(), 'notebooks', `${name}.ipynb`), file);
    const before = readFileSync(file, 'utf8');
    const notebook = await openFor(t, scene, `committed-${name}`);
    await notebook.page.waitForTimeout(2000); // JupyterLab compares the metadata once the kernel has answered
    t.false(await notebook.modified());
    await notebook.save();
    t.is(readFileSync(file, 'utf8'), before);
  });

test.serial('JupyterLab: run all and save leave plotly.js out of the file', async (t) => {
  const file = join(scene.place.folder, 'whole.ipynb');
  cpSync(join(packageRoot(), 'notebooks', 'neuron-and-surrogates.ipynb'), file);
  const committed = statSync(file).size;
  const notebook = await openFor(t, scene, 'whole');
  await notebook.runAll();
  t.deepEqual(await figureProblems(notebook), []); // they are live: the page has the script
  await notebook.save();
  t.true(statSync(file).size < 3 * committed, `${committed} bytes became ${statSync(file).size}`);
});

test.serial('JupyterLab: figures are visible in the dark theme', async (t) => {
  const notebook = await openFor(t, scene, 'latency');
  await notebook.page.evaluate(`sgsNotebook.theme('JupyterLab Dark')`);
  await notebook.runAll();
  await notebook.picture(scene.place.pictures, 'latency-dark');
  t.deepEqual(await figureProblems(notebook), []);
  await notebook.page.evaluate(`sgsNotebook.theme('JupyterLab Light')`);
});

test.serial(
  'JupyterLab: a notebook as `npm run reproduce` saves it shows pictures before it runs',
  async (t) => {
    const saved = join(packageRoot(), 'figures', 'quick', 'notebooks', 'energy.ipynb');
    t.true(existsSync(saved), 'run `npm run reproduce` first');
    cpSync(saved, join(scene.place.folder, 'saved.ipynb'));
    const notebook = await openFor(t, scene, 'saved');
    t.deepEqual(await stillProblems(notebook), []);
    await notebook.picture(scene.place.pictures, 'saved');
  },
);
