// The report of the committed outputs in Chromium: every link lands on what it names, figures come alive on the way.
import { cpSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import test from 'ava';
import type { Browser, Page } from 'playwright-core';
import { packageRoot } from '../../src/paths.js';
import { writeReport } from '../../src/commands/reproduction/report.js';
import { openPage, startBrowser } from './browser.js';

const folder = mkdtempSync(join(tmpdir(), 'sgs-report-'));
let browser: Browser;
let address: string;

test.before(async () => {
  const committed = join(packageRoot(), 'figures');
  cpSync(committed, folder, {
    recursive: true,
    filter: (from) => statSync(from).isDirectory() || /\.(json|csv|svg)$/.test(basename(from)),
  });
  address = pathToFileURL(writeReport(folder, join(packageRoot(), 'data', 'runs'))).href;
  browser = await startBrowser();
});
test.after.always(async () => {
  await browser?.close();
  rmSync(folder, { recursive: true, force: true });
});

/** The report in a fresh page of this width, before anything is scrolled to. */
async function openReport(width: number): Promise<{ page: Page; errors: string[] }> {
  const opened = await openPage(browser);
  await opened.page.setViewportSize({ width, height: 900 });
  await opened.page.goto(address);
  return opened;
}

/** Waits until every figure in or near the window is alive. */
const allDrawn = (page: Page): Promise<unknown> =>
  page.waitForFunction(() =>
    [...document.querySelectorAll('.plot:not(.photograph)')].every((plot) => {
      const { top, bottom } = plot.getBoundingClientRect();
      return bottom < -200 || top > innerHeight + 200 || plot.classList.contains('active');
    }),
  );

/** Heights of all figures in pixels, alive or not. */
const heights = (page: Page): Promise<number[]> =>
  page
    .locator('.plot')
    .evaluateAll((plots) => plots.map((plot) => Math.round(plot.getBoundingClientRect().height)));

/** How many pixels below its place under the window's upper edge a link's target is; 0 where the page ends before. */
const pixelsOff = (page: Page, target: string): Promise<number> =>
  page.evaluate((id) => {
    const { top } = document.getElementById(id)!.getBoundingClientRect();
    const off = top - parseFloat(getComputedStyle(document.documentElement).scrollPaddingTop);
    const left = document.documentElement.scrollHeight - innerHeight - scrollY;
    return off > 0 && left < 1 ? 0 : off;
  }, target);

for (const width of [1400, 420])
  test.serial(
    `report, ${width} pixels wide: links land within a pixel of their targets, stills are as high as live figures`,
    async (t) => {
      const { page, errors } = await openReport(width);
      await page.evaluate(() => document.querySelectorAll('details').forEach((each) => (each.open = true)));
      const still = await heights(page);
      const links = page.locator(':is(nav, td.claim) a[href^="#"]:visible');
      const count = await links.count();
      t.true(count > 30, `${count} links`);
      // The last first: what stands above a target then comes alive only when the link has landed.
      for (let i = count - 1; i >= 0; i--) {
        await links.nth(i).click();
        const target = (await links.nth(i).getAttribute('href'))!.slice(1);
        await allDrawn(page);
        const off = await pixelsOff(page, target);
        t.true(Math.abs(off) <= 1, `${target}: ${off} pixels off`);
      }
      // Chromium moves the page along with what changes above it; not every browser does.
      t.deepEqual(await heights(page), still);
      t.deepEqual(errors, []);
    },
  );

test.serial('report: the id of a record leads to its row, out of the fold that it lies in', async (t) => {
  const { page, errors } = await openReport(1400);
  await page.locator('details.provenance').nth(0).locator('summary').click();
  const link = page.locator('details.provenance a.id').first();
  const id = (await link.getAttribute('href'))!.slice(1);
  t.false(await page.locator(`tr#${id}`).isVisible());
  await link.click();
  await page.locator(`tr#${id}`).waitFor({ state: 'visible' });
  const { top } = await page.locator(`tr#${id}`).evaluate((row) => row.getBoundingClientRect());
  t.true(top >= 0 && top < 900, `${top} pixels below the window's edge`);
  t.deepEqual(errors, []);
});

test.serial(
  'report on paper: no table and no figure is wider than a page of A4 within its margins',
  async (t) => {
    const { page, errors } = await openReport(680); // 210 − 2 · 15 mm at 96 pixels an inch
    await page.emulateMedia({ media: 'print' });
    await page.evaluate(() => dispatchEvent(new Event('beforeprint')));
    const wide = await page.locator('table, .plot, svg.forest').evaluateAll((elements) =>
      elements.flatMap((element) => {
        const { right, width } = element.getBoundingClientRect();
        return width > 0 && right > 681
          ? [`${element.closest('section')?.id}: ${Math.round(right)} pixels`]
          : [];
      }),
    );
    t.deepEqual(wide, []);
    t.true((await page.pdf({ format: 'A4' })).length > 100_000);
    t.deepEqual(errors, []);
  },
);
