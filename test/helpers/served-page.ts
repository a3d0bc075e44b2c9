// The page that trains, built and served as GitHub Pages serves it, and what tests do in it.
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { ExecutionContext } from 'ava';
import type { Browser, Page } from 'playwright-core';
import type { Built } from '../../src/page/messages.js';
import type { RunRecord } from '../../src/records/record.js';
import { parseRecord } from '../../src/records/text.js';
import { openPage } from '../jupyter/browser.js';
import { temporaryFolder } from './folder.js';

/** Builds the page into a folder of the test, and serves it. */
export async function servedPage(
  t: ExecutionContext,
  recipe: object,
): Promise<{ url: string; built: Built }> {
  const script = pathToFileURL(resolve('scripts', 'page', 'build.mjs')).href;
  const { buildPage } = (await import(script)) as {
    buildPage(folder: string, recipe: object): Promise<void>;
  };
  const folder = temporaryFolder(t);
  await buildPage(folder, recipe);
  const built = JSON.parse(readFileSync(join(folder, 'built.json'), 'utf8')) as Built;
  return { url: await serve(t, folder), built };
}

const TYPES: Record<string, string> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.wasm': 'application/wasm',
};

/** Serves a folder as GitHub Pages does: files, and no header that isolates. */
async function serve(t: ExecutionContext, folder: string): Promise<string> {
  const server = createServer(({ url = '/' }, response) => {
    const name = url === '/' ? 'index.html' : url.slice(1);
    try {
      const body = readFileSync(join(folder, name));
      response.writeHead(200, { 'Content-Type': TYPES[extname(name)] }).end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  t.teardown(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

/** A page that has looked inside the network once, and everything that its console or a failed request said. */
export async function opened(
  browser: Browser,
  url: string,
  before = '',
): Promise<{ page: Page; said: string[] }> {
  const { page, errors } = await openPage(browser);
  await page.addInitScript(before);
  page.on('console', (message) => errors.push(message.text()));
  page.on('requestfailed', (request) => {
    const { errorText = '' } = request.failure() ?? {};
    if (errorText !== 'net::ERR_ABORTED') errors.push(`${request.url()}: ${errorText}`); // that is a page that is loaded anew
  });
  page.on(
    'response',
    (response) => response.status() >= 400 && errors.push(`${response.status()} ${response.url()}`),
  );
  await page.goto(url);
  await page.waitForSelector('.layer canvas');
  return { page, said: errors };
}

/** Waits until the page says this of its state. */
export const stateIs = (page: Page, state: string): Promise<unknown> =>
  page.waitForFunction((text) => document.getElementById('state')!.textContent === text, state);

/** The record that the page offers last, from the file that it gives. */
export async function downloaded(page: Page): Promise<RunRecord> {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.click('text=Download the record'),
  ]);
  return parseRecord(readFileSync(await download.path()), download.suggestedFilename()) as RunRecord;
}
