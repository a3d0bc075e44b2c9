// Data sets in a page: drawn ones only, as a page has no files. Tests: test/data/sets/load.test.ts.
import { UnsupportedError } from '../../../errors.js';
import { loadableName } from '../index.js';
import type * as node from '../load.js';
import { shapes10 } from '../shapes10.js';

/** Fingerprints of what was loaded. */
const loaded = new Set<string>();

export const loadDataset: typeof node.loadDataset = async ({ name, path }) => {
  if (path !== undefined || loadableName(name) !== 'shapes10')
    throw new UnsupportedError(`${path ?? name}: a page reads no files; take shapes10, or train in Node`);
  const dataset = shapes10();
  loaded.add(dataset.fingerprint);
  return dataset;
};

export const isLoadable: typeof node.isLoadable = (fingerprint) => loaded.has(fingerprint);
