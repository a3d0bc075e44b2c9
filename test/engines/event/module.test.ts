import test from 'ava';
import { SettingsError, UnsupportedError } from '../../../src/errors.js';
import { chooseBuild, isFused, loadKernels, type Build } from '../../../src/engines/event/module.js';
import { openKernels } from '../../helpers/kernels.js';

test.afterEach(() => {
  delete process.env.SGS_BUILD;
});

/** a·b + c in every lane, by the kernels of a build. */
function madd(build: Build, a: number[], b: number[], c: number[]): number[] {
  const bench = openKernels(build, 1);
  const at = bench.put(new Float32Array([...a, ...b, ...c, 0, 0, 0, 0]));
  bench.run({ kernel: 'probeMadd', args: [at], units: 1, scratch: 0 });
  return [...bench.floats(at + 48, 4)];
}

const [A, B] = [
  [1 + 2 ** -13, 3, 1 - 2 ** -12, 1 + 2 ** -23],
  [1 + 2 ** -12, 5, 1 - 2 ** -13, 1 - 2 ** -23],
];
const C = A.map((a, lane) => -Math.fround(a * B[lane]));

test('the probe of multiply-add tells one rounding from two', (t) => {
  t.deepEqual(madd('plain', A, B, C), [0, 0, 0, 0]);
  t.false(isFused(loadKernels('plain')));
});

test.serial('chooseBuild: fma where all lanes round once, else plain', (t) => {
  const exact = A.map((a, lane) => a * B[lane] + C[lane]); // exact in float64
  t.deepEqual(
    exact.map((value) => value === 0),
    [false, true, false, false],
  );
  const build = chooseBuild();
  if (build === 'fma') t.deepEqual(madd('fma', A, B, C), exact);
  else t.throws(() => chooseBuild('fma'), { instanceOf: UnsupportedError });
});

test.serial('chooseBuild: the option goes before SGS_BUILD; unknown names are refused', (t) => {
  t.is(chooseBuild('plain'), 'plain');
  process.env.SGS_BUILD = 'plain';
  t.is(chooseBuild(), 'plain');
  process.env.SGS_BUILD = 'fast';
  t.is(chooseBuild('plain'), 'plain');
  t.throws(() => chooseBuild(), {
    instanceOf: SettingsError,
    message: 'SGS_BUILD is "fast": expected one of plain, fma',
  });
  t.throws(() => chooseBuild('FMA' as Build), {
    instanceOf: SettingsError,
    message: 'build is "FMA": expected one of plain, fma',
  });
});
