import test from 'ava';
import { backwardKernel, surrogateModules } from '../../../src/engines/event/surrogate-kernels.js';
import { SURROGATE_NAMES } from '../../../src/surrogates/index.js';

test('a kernel is written for every surrogate and second term, under the name that ops ask for', (t) => {
  const modules = surrogateModules();
  const written = [...modules['neurons-backward-kernels.ts'].matchAll(/export function (\w+)\(/g)];
  t.deepEqual(
    written.map(([, name]) => name),
    SURROGATE_NAMES.flatMap((surrogate) =>
      (['none', 'affine', 'spikes'] as const).map((second) => backwardKernel(surrogate, second)),
    ),
  );
  t.is(backwardKernel('fastSigmoid', 'none'), 'neuronsBackwardFastSigmoid');
  t.is(backwardKernel('atan', 'spikes'), 'neuronsBackwardAtanSpikes');
});

test('the number of a surrogate is its branch of the derivative, the last one without a condition', (t) => {
  const { 'surrogates.ts': derivative } = surrogateModules();
  const conditions = [...derivative.matchAll(/if \(kind == (\d+)\)/g)].map(([, kind]) => Number(kind));
  t.deepEqual(conditions, [...SURROGATE_NAMES.keys()].slice(0, -1));
});
