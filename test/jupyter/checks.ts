// What is claimed of both programs: a notebook runs through with visible figures, a training moves and can be stopped.
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ExecutionContext } from 'ava';
import type { Browser, Locator } from 'playwright-core';
import { PNG } from 'pngjs';
import { createNotebook, formatNotebook } from '../../src/notebooks/nbformat.js';
import { figureProblems } from './figures.js';
import { NotebookPage } from './notebook-page.js';
import type { Workplace } from './notebooks.js';
import { problemsOf } from './outcome.js';
import { changedShare } from './pixels.js';
import type { Program } from './programs.js';
import type { JupyterServer } from './server.js';

/** A program under test, and where it works. */
export interface Scene {
  program: Program;
  server: JupyterServer;
  browser: Browser;
  place: Workplace;
}

/** Opens a notebook for a test; page and kernel end with it. */
export async function openFor(t: ExecutionContext, scene: Scene, name: string): Promise<NotebookPage> {
  const notebook = await NotebookPage.open(scene.browser, scene.program, scene.server, name);
  t.teardown(() => notebook.close(scene.server));
  return notebook;
}

/** Runs every cell of a notebook: none fails, every figure is visible, no script of the page fails. */
export async function checkRun(t: ExecutionContext, scene: Scene, name: string): Promise<NotebookPage> {
  const notebook = await openFor(t, scene, name);
  await notebook.runAll();
  const problems = problemsOf(await notebook.cells());
  problems.push(...(await figureProblems(notebook)));
  problems.push(...notebook.errors.map((error) => `a script of the page failed: ${error}`));
  await notebook.picture(scene.place.pictures, name);
  t.deepEqual(problems, []);
  return notebook;
}

const TRAINING = [
  'A training that would take long, and a cell after it.',
  {
    code: `import { experiment, interruptSignal, loadDataset, openEngine, openRuns, reportProgress, runsRoot, train } from 'sgs-snn';
const settings = experiment({ data: { name: 'shapes10' }, network: { architecture: 'convNet', width: 0.25 }, epochs: 100, batchSize: 25 });
const dataset = await loadDataset(settings.data);
const engine = await openEngine();`,
  },
  {
    code: `const onProgress = reportProgress();
await train(settings, {
  engine: engine, dataset: dataset, runs: openRuns(runsRoot()), signal: interruptSignal(),
  onProgress: ({ done, total }) => onProgress({ done: done, total: total, label: 'training' }),
});`,
  },
  { code: `console.log('the next cell', 40 + 2);` },
];
const [PREPARE, TRAIN, NEXT] = [1, 2, 3];

/** The newest progress bar of the training's cell. */
const barOf = (notebook: NotebookPage): Locator => notebook.cell(TRAIN).locator('progress').last();

/** An attribute of the bar; undefined before there is one. Every update puts another element into its place. */
async function attributeOf(notebook: NotebookPage, name: 'value' | 'max'): Promise<number | undefined> {
  const values = await notebook
    .cell(TRAIN)
    .locator('progress')
    .evaluateAll((bars, attribute) => bars.map((bar) => bar.getAttribute(attribute)), name);
  return values.length > 0 ? Number(values.at(-1)) : undefined;
}

/** What the bar looks like. */
async function barPicture(notebook: NotebookPage): Promise<PNG> {
  for (;;) {
    const clip = await barOf(notebook).boundingBox();
    if (clip) return PNG.sync.read(await notebook.page.screenshot({ clip }));
  }
}

/** Waits until the progress of the training is above a number; returns it. */
async function progressAbove(notebook: NotebookPage, least: number): Promise<number> {
  for (const deadline = Date.now() + 120_000; Date.now() < deadline; await sleep(100)) {
    const value = await attributeOf(notebook, 'value');
    if (value !== undefined && value > least) return value;
  }
  throw new Error(`the progress bar did not pass ${least} within two minutes`);
}

/** A training's progress bar moves; an interrupt stops it within seconds; the next cell runs; training goes on from there. */
export async function checkInterrupt(t: ExecutionContext, scene: Scene): Promise<void> {
  writeFileSync(join(scene.place.folder, 'training.ipynb'), formatNotebook(createNotebook(TRAINING)));
  const notebook = await openFor(t, scene, 'training');
  const checkpoints = (): string[] => {
    const folder = join(scene.place.environment.SGS_RUNS, 'checkpoints');
    return existsSync(folder) ? readdirSync(folder) : [];
  };
  const others = new Set(checkpoints());
  const saved = (): boolean => checkpoints().some((name) => !others.has(name));
  await notebook.run(PREPARE);
  await notebook.settled(60_000);
  await notebook.run(TRAIN);
  const first = await progressAbove(notebook, -1);
  await barOf(notebook).scrollIntoViewIfNeeded();
  const before = await barPicture(notebook);
  // A hundredth of the bar is two of its pixels.
  const second = await progressAbove(notebook, first + 0.01 * ((await attributeOf(notebook, 'max')) ?? 0));
  t.true(changedShare(before, await barPicture(notebook)) > 0, 'the bar has grown to the eye');
  await notebook.picture(scene.place.pictures, 'training');

  await notebook.interrupt();
  await notebook.settled(15_000);
  t.is((await notebook.cells())[TRAIN].reply, 'error', 'the cell ends as interrupted');
  await sleep(400); // tslab refuses what comes within 200 ms of a failed cell: no reader is that fast
  await notebook.run(NEXT);
  await notebook.settled(15_000);
  const cells = await notebook.cells();
  t.is(cells[NEXT].reply, 'ok');
  t.is(cells[NEXT].outputs[0]?.text, 'the next cell 42\n');

  for (const deadline = Date.now() + 15_000; Date.now() < deadline && !saved();) await sleep(100);
  t.true(saved(), 'the training has saved its state');
  const stopped = (await attributeOf(notebook, 'value')) ?? 0;
  t.true(stopped >= second);
  await sleep(1500);
  t.is(await attributeOf(notebook, 'value'), stopped, 'the training has really stopped');

  await notebook.run(TRAIN);
  const resumed = await progressAbove(notebook, 0);
  t.true(resumed >= stopped, `it goes on from ${stopped}, not from the start (${resumed})`);
  await notebook.interrupt();
  await notebook.settled(15_000);
}
