// Chromium without a window, and what went wrong inside its pages.
import { chromium, type Browser, type Page } from 'playwright-core';
import { findChromium } from './tools.js';

/** Tall enough for every figure, as wide as a laptop's screen. */
export const VIEWPORT = { width: 1400, height: 1200 };

/** Longest wait for anything that a page or the browser does: it only ends what hangs, on however loaded a machine. */
export const PATIENCE_MS = 600_000;

/**
 * Starts the browser. No name but the server's address is found by it: what a page fetches from elsewhere is missing.
 *
 * @param options - further options of the command line
 * @throws Error when there is no browser
 */
export async function startBrowser(options: readonly string[] = []): Promise<Browser> {
  const found = findChromium();
  if (!found) throw new Error('no Chromium is found: install it, or name one in SGS_CHROMIUM');
  return chromium.launch({
    executablePath: found.path,
    timeout: PATIENCE_MS,
    args: ['--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost', ...options],
    chromiumSandbox: process.getuid?.() !== 0, // Chromium refuses to run as root with it
  });
}

/** A fresh page, and the errors that its scripts leave unhandled. */
export async function openPage(browser: Browser): Promise<{ page: Page; errors: string[] }> {
  const context = await browser.newContext({ viewport: VIEWPORT });
  context.setDefaultTimeout(PATIENCE_MS);
  const page = await context.newPage();
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(error.message));
  return { page, errors };
}
