// All WGSL of the kernels of neurons, and of the pools that no architecture has, is taken by a compiler on a backend that computes nothing.
import { neuronsBackward } from '../../../../src/engines/webgpu/kernels/neurons-backward.js';
import { neuronsForward } from '../../../../src/engines/webgpu/kernels/neurons-forward.js';
import { maxPool, maxPoolGradient } from '../../../../src/engines/webgpu/kernels/pool.js';
import { defaultNeuron } from '../../../../src/neurons/lif.js';
import { SURROGATE_NAMES } from '../../../../src/surrogates/index.js';
import { GpuBench, NULL_BACKEND, testWithPackage } from '../../../helpers/gpu.js';
import { gpuTerms } from '../../../helpers/gpu-terms.js';
import { TERM_KINDS, termsOf } from '../../../helpers/terms.js';

testWithPackage(
  'every surrogate with every kind of terms; a pool behind them, static currents, both resets',
  async (t) => {
    const bench = await GpuBench.open(NULL_BACKEND);
    const size = { steps: 2, channels: 33, positions: 30 };
    for (const [i, name] of SURROGATE_NAMES.entries())
      for (const [k, kind] of TERM_KINDS.entries()) {
        const isStatic = k === 1;
        const settings = {
          ...{ ...defaultNeuron, surrogate: { name }, scaleFloor: k === 2 ? 0 : null },
          ...{ reset: i % 2 === 0 ? ('hard' as const) : ('soft' as const), detachReset: k === 0 },
        };
        bench.clear();
        const pixels = size.positions * (isStatic ? 1 : size.steps);
        const terms = termsOf(kind, { pixels, channels: 33 });
        const neurons = { ...size, settings, terms: gpuTerms(bench, terms, { channels: 33, isStatic }) };
        const [spikes, sums] = [bench.room(4096), bench.room(4096)];
        const [region, dx] = [bench.denseRoom(33, 60), bench.denseRoom(33, 60)];
        const pool = k === 2 ? { poolHeight: 2, poolWidth: 2 } : { poolHeight: 1, poolWidth: 1 };
        const back = { height: 5, width: 6, gradient: { region, ...pool }, spikes, dx, sums };
        await t.notThrowsAsync(
          bench.check([neuronsForward(neurons, spikes), neuronsBackward(neurons, back)]),
          `${name}, ${kind}`,
        );
      }
  },
);

testWithPackage('max pools of spikes and of dense values', async (t) => {
  const bench = await GpuBench.open(NULL_BACKEND);
  const pool = { channels: 33, images: 2, height: 5, width: 6, poolHeight: 2, poolWidth: 2 };
  for (const kind of ['spikes', 'dense'] as const) {
    const x = { kind, region: bench.denseRoom(33, 60) };
    const [y, gradient, dx] = [bench.denseRoom(33, 12), bench.denseRoom(33, 12), bench.denseRoom(33, 60)];
    await t.notThrowsAsync(bench.check([maxPool(pool, x, y), maxPoolGradient(pool, x, gradient, dx)]));
  }
});
