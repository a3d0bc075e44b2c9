// `sgs runs`: the records in a folder: list, show, compare, export, import, digests.
import type { Command } from 'commander';
import { addCompare } from './runs/compare.js';
import { addDigests } from './runs/digests.js';
import { addExport } from './runs/export.js';
import { addImport } from './runs/import.js';
import { addList } from './runs/list.js';
import { addShow } from './runs/show.js';

/** Adds the command and its parts. */
export function addRuns(command: Command): void {
  for (const add of [addList, addShow, addCompare, addExport, addImport, addDigests]) add(command);
}
