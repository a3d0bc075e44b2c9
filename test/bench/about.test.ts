import test from 'ava';
import { findPyTorch, isRecent } from '../../bench/about.js';
import { UnsupportedError } from '../../src/errors.js';

test('isRecent: 2.6 and newer, whatever the build', (t) => {
  for (const version of ['2.6.0', '2.6.0+cpu', '2.10.1', '2.15.0+cu132', '3.0.0'])
    t.true(isRecent(version), version);
  for (const version of ['2.5.1', '1.13.1+cpu', '0.4']) t.false(isRecent(version), version);
});

test('findPyTorch: no name, and no such program, say what to do', async (t) => {
  for (const python of ['', 'no-such-python'])
    await t.throwsAsync(findPyTorch(python), {
      instanceOf: UnsupportedError,
      message: /SGS_PYTHON.*pip install torch/,
    });
});
