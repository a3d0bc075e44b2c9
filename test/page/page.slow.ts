// The page in Chromium, from a plain server of files: it isolates itself, trains to the bits of Node, and looks right in light and dark
// and on a phone.
import type { Page } from 'playwright-core';
import { fragmentOf } from '../../src/page/fragment.js';
import { testWhere } from '../helpers/needs.js';
import { downloaded, opened, servedPage, stateIs } from '../helpers/served-page.js';
import { startBrowser } from '../jupyter/browser.js';
import { findChromium } from '../jupyter/tools.js';

/** A few seconds of training. */
const RECIPE = {
  network: { architecture: 'convNet', width: 0.125 },
  data: { name: 'shapes10', trainLimit: 200, testLimit: 100, augment: 'none' },
  neuron: { delta: 1e-4, theta: 0.5, tau: 0.5 },
  lipschitz: { beta: 1e-4 },
  ...{ steps: 2, epochs: 2, batchSize: 10 },
};

/** Moves a slider by keys, which lets go of it each time. */
async function moveUp(page: Page, path: string): Promise<void> {
  await page.focus(`[id="${path}"]`);
  await page.keyboard.press('ArrowRight');
}

const text = (page: Page, place: string): Promise<string | null> => page.textContent(place);

/** Red, green and blue of the page's paper and of its text. */
const colours = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const { backgroundColor, color } = getComputedStyle(document.body);
    return [backgroundColor, color];
  });

/** How far two colours such as `rgb(31, 35, 40)` are apart, 1 to 21, as WCAG has it. */
function contrast(...colours: string[]): number {
  const [light, dark] = colours
    .map((colour) => {
      const [r, g, b] = colour.match(/\d+/g)!.map((value) => {
        const share = Number(value) / 255;
        return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
      });
      return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    })
    .sort((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}

testWhere(findChromium() !== undefined, 'Chromium is not installed')(
  'the page trains to the bits of Node, on all threads, and shows it in light and dark and on 390 pixels, without an error',
  async (t) => {
    const { url, built } = await servedPage(t, RECIPE);
    const { digests } = built;
    const browser = await startBrowser();
    try {
      const { page, said } = await opened(browser, url);
      t.true(await page.evaluate(() => crossOriginIsolated));
      t.is(await page.locator('#unserved').count(), 0);
      t.is(await page.locator('#gallery button').count(), 20);

      // trains, live
      await page.click('#train');
      await page.waitForFunction(() => document.querySelector('polyline.now')?.getAttribute('points') !== '');
      await stateIs(page, 'trained');
      const record = await downloaded(page);
      t.is(record.outcome.status, 'done');
      t.deepEqual(record.experiment.neuron, { ...record.experiment.neuron, ...RECIPE.neuron });
      t.is(record.weightsDigest, digests[record.id]);
      t.regex((await text(page, '.verdict.equal'))!, /those of Node, bit for bit/);
      t.is(await page.locator('circle.now').count(), RECIPE.epochs);

      // other settings: looked at without training, then trained; Node's digest is not known until it is typed in
      const before = await text(page, '#inside');
      await moveUp(page, 'neuron.theta');
      await page.waitForFunction((old) => document.getElementById('inside')!.textContent !== old, before);
      await page.click('#train');
      await page.waitForSelector('.verdict.unknown');
      const other = await downloaded(page);
      t.is((other.experiment.neuron as { theta: number }).theta, 0.55);
      t.not(other.weightsDigest, record.weightsDigest);
      await page.click('summary');
      await page.fill('details input', other.weightsDigest!);
      t.is(await page.locator('.verdict.equal').count(), 2);
      await page.fill('details input', record.weightsDigest!);
      t.is(await page.locator('.verdict.different').count(), 1);

      // a slider moved in the middle begins anew; stopped, nothing is added
      await page.click('#train');
      await page.waitForFunction(() => document.getElementById('state')!.textContent!.startsWith('epoch'));
      await moveUp(page, 'neuron.delta');
      await page.waitForFunction(() => document.getElementById('train')!.textContent === 'Stop');
      await page.click('#train');
      await stateIs(page, 'stopped');
      t.is(await page.locator('#runs article').count(), 2);

      // looks
      const light = await colours(page);
      await page.emulateMedia({ colorScheme: 'dark' });
      const dark = await colours(page);
      t.notDeepEqual(dark, light);
      for (const pair of [light, dark]) t.true(contrast(...pair) > 7, pair.join(' on '));
      for (const width of [390, 800, 1400]) {
        await page.setViewportSize({ width, height: 844 });
        const wide = await page.evaluate(() => document.documentElement.scrollWidth);
        t.true(wide <= width, `${width} pixels: the page is ${wide} wide`);
      }
      t.deepEqual(said, []);
      await page.context().close();

      // without service workers, on one thread: a record of Node's by its link, and links that are damaged
      const linked = await opened(
        browser,
        `${url}#${fragmentOf(other.experiment, { id: other.id, digest: 'ab'.repeat(32) })}`,
        'delete Navigator.prototype.serviceWorker',
      );
      t.false(await linked.page.evaluate(() => crossOriginIsolated));
      t.regex((await text(linked.page, '#engines'))!, /, 1 thread$/);
      await linked.page.click('#train');
      await linked.page.waitForSelector('.verdict.different');
      t.is((await downloaded(linked.page)).weightsDigest, other.weightsDigest);
      await linked.page.goto(`${url}#${fragmentOf({ steps: 0, nonsense: 1 })}`);
      await linked.page.waitForSelector('#state.wrong');
      t.regex((await text(linked.page, '#state'))!, /not valid[\s\S]*steps[\s\S]*nonsense/);
      await linked.page.goto(`${url}#settings={`);
      await linked.page.waitForFunction(() =>
        document.getElementById('state')!.textContent!.includes('not JSON'),
      );
      t.deepEqual(linked.said, []);
    } finally {
      await browser.close();
    }
  },
);
