// Whether a notebook's figures are visible: drawn by Plotly, whole, and with data, judged by their pixels.
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

/** Longest wait for Plotly to draw a figure that is in sight. */
const DRAW_MS = 20_000;

const picture = async (element: Locator): Promise<PNG> =>
  PNG.sync.read(await element.screenshot({ animations: 'disabled' }));

async function problemOf(figure: Locator, outputArea: string): Promise<string | undefined> {
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
  return pictureProblem(shown, bare);
}

/** A line for each figure of an executed notebook that is not visible. */
export async function figureProblems(notebook: NotebookPage): Promise<string[]> {
  const { page, program } = notebook;
  await notebook.scrollThrough();
  const figures = page.locator('[data-sgs-figure]');
  const [found, expected] = [await figures.count(), figureCount(await notebook.cells())];
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
  await notebook.scrollThrough();
  const expected = figureCount(await notebook.cells());
  const stills = page.locator(`${program.outputArea} img`);
  const found = await stills.count();
  const problems = found === expected ? [] : [`${found} pictures for ${expected} figures are in the page`];
  for (let i = 0; i < found; i++) {
    await stills.nth(i).scrollIntoViewIfNeeded();
    if (inkShare(await picture(stills.nth(i))) < 0.005) problems.push(`picture ${i + 1} is blank`);
  }
  return problems;
}
