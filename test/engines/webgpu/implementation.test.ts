import test from 'ava';
import { implementationOf } from '../../../src/engines/webgpu/implementation.js';
import { runtime } from '../../../src/host/process.js';
import { NULL_BACKEND, testWithPackage } from '../../helpers/gpu.js';

testWithPackage('the package with its version', async (t) => {
  t.regex(await implementationOf(NULL_BACKEND), /^webgpu \d+\.\d+\.\d+$/);
});

test('an implementation that is given is that of the page', async (t) => {
  t.is(await implementationOf({ gpu: {} as GPU }), runtime());
});
