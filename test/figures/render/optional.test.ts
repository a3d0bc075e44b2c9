// Packages that may be absent: found, or a clear word on what to install.
import test from 'ava';
import { UnsupportedError } from '../../../src/errors.js';
import { loadOptional, locateOptional } from '../../../src/figures/render/optional.js';

test('an installed package is loaded and its files are found', (t) => {
  t.is(typeof loadOptional<{ parse: unknown }>('opentype.js', 'a test').parse, 'function');
  t.regex(locateOptional('dejavu-fonts-ttf', 'a test', 'ttf/DejaVuSans.ttf'), /DejaVuSans\.ttf$/);
});

test('a missing package is an UnsupportedError that says what it is for and how to install it', (t) => {
  t.throws(() => loadOptional('sgs-no-such-package', 'drawing a figure'), {
    instanceOf: UnsupportedError,
    message:
      /drawing a figure needs the package sgs-no-such-package.*npm install --save-dev sgs-no-such-package/,
  });
});
