// data/conformance as it lies on the disk.
import { readdirSync, readFileSync } from 'node:fs';
import type { NirConventions } from '../../src/interchange/nir/conventions.js';

export const CONFORMANCE = 'data/conformance';

/** What the JSON of every case has. */
export interface ConformanceCase {
  nir: string[];
  conventions: NirConventions;
  tolerance: number;
}

/** The JSON of a case. */
export const caseOf = <More>(name: string): ConformanceCase & More =>
  JSON.parse(readFileSync(`${CONFORMANCE}/${name}.json`, 'utf8')) as ConformanceCase & More;

/** Rows of a CSV without its head. */
export const rowsOf = (name: string): string[][] =>
  readFileSync(`${CONFORMANCE}/${name}`, 'utf8')
    .trim()
    .split('\n')
    .slice(1)
    .map((row) => row.split(','));

/** Names of the cases of a folder. */
export const casesIn = (folder: string): string[] =>
  readdirSync(`${CONFORMANCE}/${folder}`)
    .filter((name) => name.endsWith('.json'))
    .map((name) => name.slice(0, -5));
