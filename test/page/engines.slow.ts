// The page on a graphics card, here the software driver that Chromium brings.
import { createEventEngine } from '../../src/engines/event/engine.js';
import { loadDataset } from '../../src/data/sets/load.js';
import { parseExperiment } from '../../src/experiment/experiment.js';
import { memoryRuns } from '../../src/page/memory-runs.js';
import { train } from '../../src/training/train.js';
import { testWhere } from '../helpers/needs.js';
import { downloaded, opened, servedPage, stateIs } from '../helpers/served-page.js';
import { startBrowser } from '../jupyter/browser.js';
import { findChromium } from '../jupyter/tools.js';

/** Few steps: the driver takes most of its time to compile kernels. */
const RECIPE = {
  network: { architecture: 'convNet', width: 0.125, convolutions: 1 },
  data: { name: 'shapes10', trainLimit: 40, testLimit: 20, augment: 'none' },
  ...{ steps: 2, epochs: 1, batchSize: 10 },
};

testWhere(findChromium() !== undefined, 'Chromium is not installed')(
  'a graphics card trains, its loss within 1e-5 of that of Node on the processor; its spikes are shown',
  async (t) => {
    const { url } = await servedPage(t, RECIPE);
    const browser = await startBrowser(['--enable-unsafe-webgpu', '--use-webgpu-adapter=swiftshader']);
    try {
      const { page, said } = await opened(browser, url);
      t.regex(
        (await page.textContent('#engines'))!,
        /^engine event, .*; engine webgpu, .* \(software, slow\)$/,
      );
      await page.evaluate(() => document.getElementById('inside')!.replaceChildren());
      await page.selectOption('#engine', 'webgpu');
      await page.waitForSelector('.layer canvas');
      await page.click('#train');
      await stateIs(page, 'trained');
      const record = await downloaded(page);
      t.is(record.numerics.engine, 'webgpu');
      t.regex((await page.textContent('.verdict.card'))!, /bits of its own/);
      t.is(await page.locator('#runs details').count(), 0);
      t.deepEqual(said, []);

      const engine = await createEventEngine();
      const experiment = parseExperiment(RECIPE);
      const dataset = await loadDataset(experiment.data);
      const onEvent = await train(experiment, {
        engine,
        dataset,
        runs: memoryRuns(),
        onNote: () => undefined,
      });
      engine.dispose();
      const off = Math.abs(record.rows[0].trainLoss! - onEvent.rows[0].trainLoss!);
      t.true(off < 1e-5, `${off}`);
    } finally {
      await browser.close();
    }
  },
);
