import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'ava';
import { isFound } from '../../../src/data/sets/found.js';

test('isFound: generated sets always, downloaded ones by their folder or within it', (t) => {
  const root = mkdtempSync(join(tmpdir(), 'sgs-found-'));
  t.teardown(() => rmSync(root, { recursive: true }));
  t.true(isFound('shapes10', root) && isFound('shapes10-dvs', root));
  for (const [name, folder] of [
    ['cifar10', 'cifar-10-batches-bin'],
    ['cifar100', 'cifar-100-binary'],
    ['cifar10-dvs', 'cifar10-dvs'],
  ] as const) {
    t.false(isFound(name, root), name);
    mkdirSync(join(root, folder));
    t.true(isFound(name, root), name);
  }
  const inside = join(root, 'cifar10-dvs');
  mkdirSync(join(inside, 'airplane'));
  t.true(isFound('cifar10-dvs', inside));
});
