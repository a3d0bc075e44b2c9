// One notebook in one page of the browser: opened, executed, interrupted and looked at as a reader does.
import { join } from 'node:path';
import type { Browser, Locator, Page } from 'playwright-core';
import { openPage, VIEWPORT } from './browser.js';
import type { ShownCell } from './outcome.js';
import type { Program } from './programs.js';
import type { JupyterServer } from './server.js';

/** Tallest picture of a notebook, in pixels. */
const TALLEST = 15_000;

/** A notebook that is open. */
export class NotebookPage {
  private constructor(
    readonly program: Program,
    readonly page: Page,
    /** What scripts of the page left unhandled. */
    readonly errors: readonly string[],
  ) {}

  /** Opens a notebook in a fresh page and waits for its kernel. */
  static async open(
    browser: Browser,
    program: Program,
    server: JupyterServer,
    name: string,
  ): Promise<NotebookPage> {
    const { page, errors } = await openPage(browser);
    await page.addInitScript({ path: program.script });
    const shown = new NotebookPage(program, page, errors);
    await page.goto(`${server.url}${program.pathOf(name)}&token=${server.token}`);
    await shown.ready();
    return shown;
  }

  /** Waits for the notebook and its kernel, for instance after a reload, and listens to it from now on. */
  async ready(): Promise<void> {
    await this.page.waitForFunction('window.sgsNotebook?.ready()');
    await this.page.evaluate('sgsNotebook.watch()');
  }

  /** Executes all cells and waits for the last; a failed one ends it too. */
  async runAll(): Promise<void> {
    await this.program.runAll(this.page);
    await this.settled();
  }

  /** Executes one cell, counted from 0, and does not wait for it. */
  async run(index: number): Promise<void> {
    await this.page.evaluate(`sgsNotebook.select(${index})`);
    await this.page.locator(this.program.runSelected).click();
  }

  /** Presses the button that interrupts the kernel. */
  interrupt(): Promise<void> {
    return this.page.locator(this.program.interrupt).click();
  }

  /** Waits until no cell is executed any more. */
  async settled(): Promise<void> {
    await this.page.waitForFunction('sgsNotebook.settled()');
  }

  /** The cells as they are now. */
  cells(): Promise<ShownCell[]> {
    return this.page.evaluate<ShownCell[]>('sgsNotebook.cells()');
  }

  /** A cell in the page. */
  cell(index: number): Locator {
    return this.page.locator(this.program.cell).nth(index);
  }

  /** Scrolls from top to end, as a reader does: JupyterLab makes cells when they come into sight. */
  async scrollThrough(): Promise<void> {
    const scroller = this.page.locator(this.program.scroller);
    const at = (top: number): Promise<boolean> =>
      scroller.evaluate((element, y) => {
        element.scrollTo(0, y);
        return y + element.clientHeight < element.scrollHeight;
      }, top);
    for (let top = 0; await at(top); top += VIEWPORT.height / 2) await this.page.waitForTimeout(100);
  }

  /** Whether Jupyter holds the notebook for modified; JupyterLab alone. */
  modified(): Promise<boolean> {
    return this.page.evaluate<boolean>('sgsNotebook.modified()');
  }

  async save(): Promise<void> {
    await this.page.evaluate('sgsNotebook.save()');
  }

  /** Saves a picture of the whole notebook, for a person to look at. */
  async picture(folder: string, name: string): Promise<void> {
    const scroller = this.page.locator(this.program.scroller);
    const height = await scroller.evaluate((element) => element.scrollHeight);
    await this.page.setViewportSize({ ...VIEWPORT, height: Math.min(height + 150, TALLEST) });
    await scroller.evaluate((element) => element.scrollTo(0, 0));
    await this.page.mouse.move(0, 0);
    await this.page.waitForTimeout(500); // cells that were out of sight are laid out
    await this.page.screenshot({ path: join(folder, `${name}.png`) });
    await this.page.setViewportSize(VIEWPORT);
  }

  /** Ends the kernel and closes the page. */
  async close(server: JupyterServer): Promise<void> {
    await this.page.context().close();
    const headers = { Authorization: `token ${server.token}` };
    const answer = await fetch(`${server.url}api/sessions`, { headers });
    for (const { id } of (await answer.json()) as { id: string }[])
      await fetch(`${server.url}api/sessions/${id}`, { method: 'DELETE', headers });
  }
}
