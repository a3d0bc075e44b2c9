// What is claimed of both programs: a notebook runs through with visible figures, a training moves and can be stopped.
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ExecutionContext } from 'ava';
import type { Browser, Locator } from 'playwright-core';
import { PNG } from 'pngjs';
import { createNotebook, formatNotebook } from '../../src/notebooks/nbformat.js';
import { PATIENCE_MS } from './browser.js';
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
    code: `import { experiment, loadDataset, openEngine, openRuns, reportProgress, runsRoot, train } from 'sgs-snn';
const settings = experiment({ data: { name: 'shapes10' }, network: { architecture: 'convNet', width: 0.25 }, epochs: 100, batchSize: 25 });
const dataset = await loadDataset(settings.data);
const engine = await openEngine();`,
  },
  {
    code: `const onProgress = reportProgress();
await train(settings, {
  engine, dataset, runs: openRuns(runsRoot()), onProgress: ({ done, total }) => onProgress({ done, total, label: 'training' }),
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

/** What the bar looks like. It is scrolled to in one go: an update between looking and scrolling would take it away. */
async function barPicture(notebook: NotebookPage): Promise<PNG> {
  for (;;) {
    await notebook
      .cell(TRAIN)
      .locator('progress')
      .evaluateAll((bars) => bars.at(-1)?.scrollIntoView({ block: 'center' }));
    const clip = await barOf(notebook).boundingBox();
    if (clip) return PNG.sync.read(await notebook.page.screenshot({ clip }));
  }
}

/** Waits until the progress of the training is above a number and not what an old bar still shows; returns it. */
async function progressAbove(notebook: NotebookPage, least: number, old?: number): Promise<number> {
  for (const deadline = Date.now() + PATIENCE_MS; Date.now() < deadline; await sleep(100)) {
    const value = await attributeOf(notebook, 'value');
    if (value !== undefined && value > least && value !== old) return value;
  }
  throw new Error(`the progress bar did not pass ${least} within ${PATIENCE_MS / 60_000} minutes`);
}

/**
 * Waits until the bar stands still for so long, ten times at most: a training that was interrupted finishes its step,
 * and the page may show that late.
 */
async function standstill(
  notebook: NotebookPage,
  milliseconds: number,
): Promise<{ stopped: number; still: boolean }> {
  let stopped = (await attributeOf(notebook, 'value')) ?? 0;
  for (let tries = 0; tries < 10; tries++) {
    await sleep(milliseconds);
    const now = (await attributeOf(notebook, 'value')) ?? 0;
    if (now === stopped) return { stopped, still: true };
    stopped = now;
  }
  return { stopped, still: false };
}

/** A training's progress bar moves; an interrupt stops it; the next cell runs; training goes on from there. */
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
  await notebook.settled();
  await notebook.run(TRAIN);
  const first = await progressAbove(notebook, -1);
  const total = (await attributeOf(notebook, 'max')) ?? 0;
  const started = performance.now();
  const before = await barPicture(notebook);
  // A hundredth of the bar is two of its pixels.
  const second = await progressAbove(notebook, first + 0.01 * total);
  const took = performance.now() - started;
  t.true(changedShare(before, await barPicture(notebook)) > 0, 'the bar has grown to the eye');
  await notebook.picture(scene.place.pictures, 'training');

  await notebook.interrupt();
  await notebook.settled();
  t.is((await notebook.cells())[TRAIN].reply, 'error', 'the cell ends as interrupted');
  await sleep(2000); // tslab refuses what comes within 200 ms of a failed cell, by a timer that may be late
  await notebook.run(NEXT);
  await notebook.settled();
  const cells = await notebook.cells();
  t.is(cells[NEXT].reply, 'ok');
  t.is(cells[NEXT].outputs[0]?.text, 'the next cell 42\n');

  for (const deadline = Date.now() + PATIENCE_MS; Date.now() < deadline && !saved();) await sleep(100);
  t.true(saved(), 'the training has saved its state');
  const { stopped, still } = await standstill(notebook, Math.max(1500, took));
  t.true(stopped >= second);
  t.true(stopped < total, 'it was not through');
  t.true(still, 'the training has really stopped');

  await notebook.run(TRAIN);
  const resumed = await progressAbove(notebook, 0, stopped);
  t.true(resumed >= stopped, `it goes on from ${stopped}, not from the start (${resumed})`);
  await notebook.interrupt();
  await notebook.settled();
}
