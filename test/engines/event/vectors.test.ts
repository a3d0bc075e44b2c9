import test from 'ava';
import { SettingsError, UnsupportedError } from '../../../src/errors.js';
import * as browser from '../../../src/engines/event/browser/vectors.js';
import { chooseVectors, type VectorBits } from '../../../src/engines/event/vectors.js';

test.afterEach(() => {
  delete process.env.SGS_VECTORS;
});

const able = Number(process.versions.node.split('.')[0]) >= 24 && process.arch === 'x64';

test.serial('chooseVectors: 256 bits where this Node and the processor have them, else 128', (t) => {
  t.is(chooseVectors(true), able ? 256 : 128);
  t.is(chooseVectors(false), 128);
});

test.serial('chooseVectors: the option goes before SGS_VECTORS; other widths are refused', (t) => {
  t.is(chooseVectors(true, 128), 128);
  process.env.SGS_VECTORS = '128';
  t.is(chooseVectors(true), 128);
  process.env.SGS_VECTORS = '512';
  t.is(chooseVectors(true, 128), 128);
  t.throws(() => chooseVectors(true), {
    instanceOf: SettingsError,
    message: 'SGS_VECTORS is "512": expected one of 128, 256',
  });
  t.throws(() => chooseVectors(true, 64 as VectorBits), {
    instanceOf: SettingsError,
    message: 'vectors is 64: expected one of 128, 256',
  });
});

test.serial('chooseVectors: 256 bits that cannot be had are refused with what they need', (t) => {
  t.throws(() => chooseVectors(false, 256), {
    instanceOf: UnsupportedError,
    message:
      /vectors of 256 bits need (Node 24 or later, this is|an x64 processor|a processor with AVX2).*; use 128/,
  });
});

test('in a page: 128 bits, and no others', (t) => {
  t.is(browser.chooseVectors(true), 128);
  t.is(browser.chooseVectors(false, 128), 128);
  t.throws(() => browser.chooseVectors(true, 256), {
    instanceOf: UnsupportedError,
    message: /256 bits.*use 128/,
  });
  t.is(browser.describeVectors(128), 'vectors of 128 bits');
});
