// The event engine in Chromium, bundled for browsers: it trains to the bits of Node, on any number of threads.
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import test from 'ava';
import { build } from 'esbuild';
import type { Browser } from 'playwright-core';
import { openPage, startBrowser } from '../../../jupyter/browser.js';
import { findChromium } from '../../../jupyter/tools.js';
import { testWhere } from '../../../helpers/needs.js';
import { fmaWorks } from '../../../../src/engines/event/module.js';
import { createEventEngine } from '../../../../src/engines/event/engine.js';
import { train } from '../../../helpers/few-steps.js';

/** Runs in a worker of the page: the same training as here. */
const TRAINER = `
import { createEventEngine } from './dist/engines/event/engine.js';
import { fetchKernels } from './dist/engines/event/browser/kernel-files.js';
import { train } from './build/test/helpers/few-steps.js';
onmessage = async ({ data: { threads, build } }) => {
  try {
    await fetchKernels([build], new URL('.', import.meta.url));
    const engine = await createEventEngine({ threads, build });
    const digests = [await train(engine), await train(engine)];
    engine.dispose();
    postMessage({ digests, isolated: crossOriginIsolated, description: engine.description });
  } catch (error) {
    postMessage({ error: error.stack });
  }
};`;

const PAGE = `<!doctype html><title>engine</title><script>
const run = (message) => new Promise((resolve) => {
  const worker = new Worker('trainer.js', { type: 'module' });
  worker.onmessage = ({ data }) => resolve(data);
  worker.onerror = ({ message }) => resolve({ error: message });
  worker.postMessage(message);
});
</script>`;

/** What a run in the page gives. */
interface Answer {
  error?: string;
  digests: string[];
  isolated: boolean;
  description: string;
}

const testInChromium = testWhere(findChromium() !== undefined, 'Chromium is not installed');
let browser: Browser | undefined;
const files = new Map<string, string | Uint8Array>();

test.after.always(async () => {
  await browser?.close();
});

async function bundle(): Promise<void> {
  if (files.size > 0) return;
  const options = { bundle: true, write: false, format: 'esm', platform: 'browser' } as const;
  const trainer = await build({ ...options, stdin: { contents: TRAINER, resolveDir: process.cwd() } });
  const thread = await build({ ...options, entryPoints: ['dist/engines/event/browser/worker.js'] });
  files.set('/trainer.js', trainer.outputFiles[0].text);
  files.set('/kernel-thread.js', thread.outputFiles[0].text);
  files.set('/page.html', PAGE);
  for (const name of ['kernels-plain.wasm', 'kernels-fma.wasm'])
    files.set(`/${name}`, readFileSync(join('dist/engines/event', name)));
}

/** Trains in a page; `isolated`: with the headers that shared memory asks for. */
async function trained(
  t: { teardown(end: () => void): void },
  isolated: boolean,
  message: { threads: number; build: string },
): Promise<Answer> {
  await bundle();
  const types: Record<string, string> = {
    js: 'text/javascript',
    html: 'text/html',
    wasm: 'application/wasm',
  };
  const server = createServer(({ url = '' }, response) => {
    const body = files.get(url);
    if (!body) return void response.writeHead(404).end();
    response.writeHead(200, {
      'Content-Type': types[url.split('.')[1]],
      ...(isolated && {
        'Cross-Origin-Opener-Policy': 'same-origin',
        'Cross-Origin-Embedder-Policy': 'require-corp',
      }),
    });
    response.end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.teardown(() => server.close());
  browser ??= await startBrowser();
  const { page, errors } = await openPage(browser);
  await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/page.html`);
  const answer = (await page.evaluate(`run(${JSON.stringify(message)})`)) as Answer;
  if (errors.length > 0) throw new Error(errors.join('\n'));
  await page.close();
  return answer;
}

for (const build of ['plain', ...(fmaWorks() ? (['fma'] as const) : [])] as const)
  testInChromium(`build ${build}: weights of Node after a few steps, on 1 thread and on 3`, async (t) => {
    const engine = await createEventEngine({ threads: 2, build });
    const expected = await train(engine);
    engine.dispose();
    for (const threads of [1, 3]) {
      const answer = await trained(t, true, { threads, build });
      t.is(answer.error, undefined);
      t.deepEqual(answer.digests, [expected, expected], answer.description);
      t.true(answer.isolated);
    }
  });

testInChromium('without isolation one thread runs, and gives the same weights', async (t) => {
  const engine = await createEventEngine({ threads: 1, build: 'plain' });
  const expected = await train(engine);
  engine.dispose();
  const answer = await trained(t, false, { threads: 1, build: 'plain' });
  t.is(answer.error, undefined);
  t.false(answer.isolated);
  t.deepEqual(answer.digests, [expected, expected]);
});
