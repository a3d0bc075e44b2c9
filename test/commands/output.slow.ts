// Needs dist (npm run build).
import test from 'ava';
import { SMALL_WORDS } from '../helpers/built-sgs.js';
import { checkFullDisk } from '../helpers/full-disk.js';

for (const words of [
  ['--version'],
  ['train', '--help'],
  ['train', ...SMALL_WORDS, '--epochs', '1'],
  ['runs', 'list', '--runs', 'data/runs'],
  ['runs', 'show', '070b2528fdea6cce', '--runs', 'data/runs'],
  ['runs', 'compare', '--by', 'neuron.delta', '--columns', '--runs', 'data/runs'],
  ['runs', 'export', '--runs', 'data/runs'],
  ['runs', 'import', 'data/runs', '--dry-run'],
  ['sweep', 'data/sweeps/delta-beta.json', '--dry-run'],
  ['sweep', 'data/sweeps/delta-beta.json', '--status'],
  ['reproduce', '--dry-run'],
  ['doctor'],
])
  test.serial(
    `an output on a full disk is one line and exit code 1: sgs ${words.slice(0, 3).join(' ')}`,
    (t) => checkFullDisk(t, words),
  );
