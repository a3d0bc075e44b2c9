import test from 'ava';
import { EngineError } from '../../../src/errors.js';
import { dispatch, f32, literal } from '../../../src/engines/webgpu/dispatch.js';

test('a dispatch: bindings in order, numbers as fields of a uniform that the body names, floats by their bits', (t) => {
  const region = { address: 256, bytes: 64 };
  const { code, numbers, groups, regions } = dispatch(
    'scale',
    [3],
    [{ name: 'x', type: 'vec4f', region }],
    { N: 4, FACTOR: f32(0.5) },
    'fn main() { if (i < N) { x[i] *= FACTOR; NOT_N(); } }',
  );
  t.deepEqual(groups, [3, 1, 1]);
  t.deepEqual(regions, [region]);
  t.deepEqual([...numbers], [4, 0x3f000000]);
  t.is(
    code,
    [
      '@group(0) @binding(0) var<storage, read_write> x: array<vec4f>;',
      'struct Args { N: u32, FACTOR: f32 }',
      '@group(1) @binding(0) var<uniform> args: Args;',
      'fn main() { if (i < args.N) { x[i] *= args.FACTOR; NOT_N(); } }',
    ].join('\n'),
  );
});

test('without numbers there is no uniform', (t) => {
  const { code, numbers } = dispatch('nothing', [1, 2, 3], [], {}, 'fn main() {}');
  t.is(code, 'fn main() {}');
  t.is(numbers.length, 0);
});

test('more than 65,535 workgroups in a dimension: EngineError that names the kernel', (t) => {
  t.throws(() => dispatch('wide', [1, 65_536], [], {}, ''), {
    instanceOf: EngineError,
    message: 'kernel wide: 1 × 65536 × 1 workgroups; at most 65535 a dimension',
  });
});

test('literals are read back as the same float32; NaN and infinities: EngineError', (t) => {
  t.is(literal(2), '2.0f');
  t.is(Math.fround(Number(literal(0.1).slice(0, -1))), Math.fround(0.1));
  t.is(literal(1e-30), '1.0000000031710769e-30f');
  t.throws(() => literal(Infinity), { instanceOf: EngineError, message: 'WGSL has no literal for Infinity' });
});
