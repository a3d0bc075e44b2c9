// All WGSL of the kernels of convolutions and norms is taken by a compiler, with bindings and limits, on a backend that computes nothing.
import { convForward, outputMomentBytes } from '../../../src/engines/webgpu/kernels/conv-forward.js';
import { convInput } from '../../../src/engines/webgpu/kernels/conv-input.js';
import { convWeights, slicesBytes } from '../../../src/engines/webgpu/kernels/conv-weights.js';
import { channelSums, channelSumsBytes } from '../../../src/engines/webgpu/kernels/channel-sums.js';
import { momentBytes, moments } from '../../../src/engines/webgpu/kernels/moments.js';
import {
  moveRunning,
  normalise,
  normGradient,
  normVectors,
  runningVectors,
} from '../../../src/engines/webgpu/kernels/norm.js';
import { normBytes } from '../../../src/engines/plan/signal.js';
import { convolutionGeometry } from '../../../src/network/geometry.js';
import { GpuBench, NULL_BACKEND, testWithPackage } from '../../helpers/gpu.js';

const geometry = convolutionGeometry([9, 7], { kernelHeight: 3, kernelWidth: 3, stride: 2, padding: 1 });

for (const channels of [32, 64])
  testWithPackage(
    `convolutions of ${channels} channels, from spikes and dense values, and their gradients`,
    async (t) => {
      const bench = await GpuBench.open(NULL_BACKEND);
      const c = { geometry, images: 40, in: channels, out: channels };
      const [inPixels, outPixels] = [40 * 63, 40 * 20];
      const [dx, dy] = [bench.denseRoom(channels, inPixels), bench.denseRoom(channels, outPixels)];
      const [weights, gradient] = [0, 1].map(() => bench.room(9 * channels * channels * 4));
      const [bias, moments] = [bench.room(channels * 4), bench.room(outputMomentBytes(c))];
      const partial = bench.room(slicesBytes(c));
      const xs = [
        { region: bench.room((channels / 32) * inPixels * 4), words: true },
        { region: bench.denseRoom(channels, inPixels), words: false },
      ];
      const dispatches = xs.flatMap((x) => [
        convForward(c, { x, weights, y: dy }),
        convForward(c, { x, weights, y: dy, bias }),
        convForward(c, { x, weights, y: dy, moments }),
        convForward(c, { x, weights, y: dy, bias, moments }),
        ...convWeights(c, { x, dy, gradient, partial }),
      ]);
      for (const accumulate of [false, true]) dispatches.push(convInput(c, { dy, weights, dx, accumulate }));
      await t.notThrowsAsync(bench.check(dispatches));
      t.is(bench.gpu.pipelineCount, 2 * 4 + 2 + 1 + 2);
      bench.gpu.dispose();
    },
  );

testWithPackage('batch norm, forward, backward and in inference; the gradient of a bias', async (t) => {
  const bench = await GpuBench.open(NULL_BACKEND);
  const shape = { channels: 40, pixels: 5000 };
  const [y, gradient, target] = [0, 1, 2].map(() => bench.denseRoom(40, 5000));
  const [gamma, beta, gammaGradient, betaGradient] = [0, 1, 2, 3].map(() => bench.room(256));
  const [statistics, running] = [0, 1].map(() => bench.room(512));
  const vectors = bench.room(normBytes(40));
  const partial = bench.room(momentBytes(shape));
  const sums = { region: bench.room(2 * 7 * 384), units: 7 };
  const operands = { epsilon: 1e-5, gain: 1, gamma, beta, vectors };
  await t.notThrowsAsync(
    bench.check([
      moments(shape, y, partial),
      normVectors(shape, operands, { region: partial, chunk: 1024 }, { region: statistics, repeats: 1 }),
      runningVectors(40, operands, running),
      normGradient(shape, { gain: 1, vectors, sums, term: 1, gammaGradient, betaGradient }),
      normalise(shape, { gradient, y, target, vectors }),
      normalise(shape, { gradient, y, target: y, vectors }),
      moveRunning(running, statistics, 128, 0.1),
      ...channelSums(shape, y, beta, bench.room(channelSumsBytes(shape))),
    ]),
  );
  t.is(bench.gpu.pipelineCount, 8); // both stages of the sums share one
  bench.gpu.dispose();
});
