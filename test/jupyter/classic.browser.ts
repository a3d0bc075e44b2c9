// A notebook in Debian's classic Notebook. Needs dist and the records of `npm run reproduce`.
import test from 'ava';
import { startBrowser } from './browser.js';
import { checkInterrupt, checkRun, type Scene } from './checks.js';
import { copyNotebook, openWorkplace } from './notebooks.js';
import { classicNotebook } from './programs.js';
import { startServer } from './server.js';

const NOTEBOOK = 'energy';
let scene: Scene;

test.before(async () => {
  const place = openWorkplace('classic');
  copyNotebook(NOTEBOOK, place.folder);
  const server = await startServer({ ...classicNotebook, ...place });
  scene = { program: classicNotebook, place, server, browser: await startBrowser() };
});
test.after.always(async () => {
  await scene?.browser.close();
  await scene?.server.stop();
});

test.serial(`classic Notebook: ${NOTEBOOK} runs without an error and its figures are visible`, async (t) => {
  await checkRun(t, scene, NOTEBOOK);
});

test.serial(
  'classic Notebook: progress of a training moves, an interrupt stops it, the next cell runs, the training resumes',
  (t) => checkInterrupt(t, scene),
);
