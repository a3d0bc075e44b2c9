// `sgs nir`: networks as NIR, the neuromorphic intermediate representation, which other simulators and chips read.
import type { Command } from 'commander';
import { addCheck } from './nir/check.js';
import { addExport } from './nir/export.js';
import { addImport } from './nir/import.js';

/** Adds the parts of the command. */
export function addNir(command: Command): void {
  addExport(command);
  addImport(command);
  addCheck(command);
}
