// The two programs that show notebooks: where their pages are and which buttons a reader presses.
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { packageRoot } from '../../src/paths.js';
import type { ServerOptions } from './server.js';
import { venvProgram } from './venv.js';

/** A program that shows notebooks in a browser. */
export interface Program {
  name: string;
  command: ServerOptions['command'];
  /** Address of a notebook's page, below the server's. */
  pathOf(notebook: string): string;
  /** The script that answers questions in the page. */
  script: string;
  runAll(page: Page): Promise<void>;
  /** Selectors of the page's parts. */
  runSelected: string;
  interrupt: string;
  cell: string;
  outputArea: string;
  scroller: string;
}

const script = (name: string): string => fileURLToPath(new URL(name, import.meta.url));

/** JupyterLab 4, from the virtual environment. */
export const jupyterLab: Program = {
  name: 'JupyterLab',
  command: [venvProgram('jupyter-lab')],
  pathOf: (notebook) => `lab/tree/${notebook}.ipynb?reset`,
  script: script('lab-page.js'),
  async runAll(page) {
    await page.locator('.lm-MenuBar-itemLabel:text-is("Run")').click();
    await page.locator('.lm-Menu-itemLabel:text-is("Run All Cells")').click();
  },
  runSelected: '[data-command="notebook:run-cell-and-select-next"]',
  interrupt: '[data-command="notebook:interrupt-kernel"]',
  cell: '.jp-Notebook-cell',
  outputArea: '.jp-OutputArea-output',
  scroller: '.jp-WindowedPanel-outer',
};

/** JupyterLab as `npm run lab` starts it, on the repository's own notebooks. */
export const npmRunLab: Program = {
  ...jupyterLab,
  command: [process.execPath, `${packageRoot()}/scripts/lab.mjs`],
};

/** The classic Notebook, Debian's. */
export const classicNotebook: Program = {
  name: 'classic Notebook',
  command: ['/usr/bin/jupyter-notebook'],
  pathOf: (notebook) => `notebooks/${notebook}.ipynb?`,
  script: script('classic-page.js'),
  async runAll(page) {
    await page.locator('#menus a.dropdown-toggle:text-is("Cell")').click();
    await page.locator('#run_all_cells').click();
  },
  runSelected: '[data-jupyter-action="jupyter-notebook:run-cell-and-select-next"]',
  interrupt: '[data-jupyter-action="jupyter-notebook:interrupt-kernel"]',
  cell: '#notebook-container > .cell',
  outputArea: '.output_subarea',
  scroller: '#site',
};
