// Whether a notebook's figures are visible: drawn by Plotly, whole, and with data, judged by their pixels.
import { setTimeout as sleep } from 'node:timers/promises';
import type { Locator } from 'playwright-core';
import { PNG } from 'pngjs';
import type { NotebookPage } from './notebook-page.js';
import { figureCount } from './outcome.js';
import { inkShare, pictureProblem } from './pixels.js';

/** Plotly's layers that hold data. */
const DATA_LAYERS = [
  '.cartesianlayer .plot',
  '.overplot',
  '.gl-container', // three dimensions
  '.glimages',
  '.imagelayer',
  '.layer-above', // shapes
  '.layer-below',
];

/** Longest wait for Plotly to draw a figure that is in sight, and for all figures to be in the page. */
const DRAW_MS = 120_000;

const picture = async (element: Locator): Promise<PNG> =>
  PNG.sync.read(await element.screenshot({ animations: 'disabled' }));

/** What is wrong with a figure, when it has had its time: Plotly follows a change of the page's size a while later. */
async function problemOf(figure: Locator, outputArea: string): Promise<string | undefined> {
  for (const deadline = Date.now() + DRAW_MS; ; await sleep(200)) {
    const problem = await problemNow(figure, outputArea);
    if (!problem || Date.now() > deadline) return problem;
  }
}

async function problemNow(figure: Locator, outputArea: string): Promise<string | undefined> {
  await figure.scrollIntoViewIfNeeded();
  const drawn = figure.locator('.svg-container');
  try {
    await drawn.locator('.main-svg').first().waitFor({ timeout: DRAW_MS });
  } catch {
    return 'is not drawn by Plotly';
  }
  const cut = await drawn.evaluate(
    (element, selector) =>
      element.getBoundingClientRect().right - element.closest(selector)!.getBoundingClientRect().right,
    outputArea,
  );
  if (cut > 1) return `is ${Math.round(cut)} pixels wider than its cell`;
  const shown = await picture(drawn);
  await figure.evaluate((element) => element.setAttribute('data-bare', ''));
  const bare = await picture(drawn);
  await figure.evaluate((element) => element.removeAttribute('data-bare'));
  if (shown.width !== bare.width || shown.height !== bare.height) return 'changes its size';
  return pictureProblem(shown, bare);
}

/** How many elements cells bring with them, once there are as many as figures in their outputs or time is over. */
async function countIn(
  notebook: NotebookPage,
  elements: Locator,
): Promise<{ found: number; expected: number }> {
  for (const deadline = Date.now() + DRAW_MS; ;) {
    await notebook.scrollThrough();
    const [found, expected] = [await elements.count(), figureCount(await notebook.cells())];
    if (found === expected || Date.now() > deadline) return { found, expected };
  }
}

/** A line for each figure of an executed notebook that is not visible. */
export async function figureProblems(notebook: NotebookPage): Promise<string[]> {
  const { page, program } = notebook;
  const figures = page.locator('[data-sgs-figure]');
  const { found, expected } = await countIn(notebook, figures);
  const problems = found === expected ? [] : [`${found} figures of ${expected} are in the page`];
  const hidden = DATA_LAYERS.map((layer) => `[data-bare] ${layer}`).join(', ');
  await page.addStyleTag({ content: `${hidden} { visibility: hidden !important; }` });
  for (let i = 0; i < found; i++) {
    const problem = await problemOf(figures.nth(i), program.outputArea);
    if (problem) problems.push(`figure ${i + 1} ${problem}`);
  }
  return problems;
}

/** A line for each figure that is not visible as a picture, in a notebook that was opened and not executed. */
export async function stillProblems(notebook: NotebookPage): Promise<string[]> {
  const { page, program } = notebook;
  const stills = page.locator(`${program.outputArea} img`);
  const { found, expected } = await countIn(notebook, stills);
  const problems = found === expected ? [] : [`${found} pictures for ${expected} figures are in the page`];
  for (let i = 0; i < found; i++) {
    await stills.nth(i).scrollIntoViewIfNeeded();
    if (inkShare(await picture(stills.nth(i))) < 0.005) problems.push(`picture ${i + 1} is blank`);
  }
  return problems;
}
