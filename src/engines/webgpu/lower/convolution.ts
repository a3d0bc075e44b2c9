// Lowers convolutions and linear layers. Tests: test/engines/webgpu/model.slow.ts.
import type { Region } from '../../plan/arena.js';
import type { ConvolutionSite } from '../../plan/ops.js';
import { type DenseSignal, pixelsOf } from '../../plan/signal.js';
import { channelSums, channelSumsBytes } from '../kernels/channel-sums.js';
import { convForward, outputMomentBytes } from '../kernels/conv-forward.js';
import { convInput } from '../kernels/conv-input.js';
import { convWeights, slicesBytes } from '../kernels/conv-weights.js';
import type { ConvolutionShape } from '../kernels/convolution.js';
import type { GpuPlanner } from '../planner.js';

const shapeOf = ({ layer, geometry, input }: ConvolutionSite): ConvolutionShape => ({
  ...{ geometry, images: input.images, in: input.channels, out: layer.out },
});

const inputOf = ({ input }: ConvolutionSite) => ({ region: input.region, words: input.kind === 'spikes' });

/** Memory for what only some work uses, where it needs any: none for 0 bytes. */
function withScratch(planner: GpuPlanner, bytes: number, list: (scratch?: Region) => void): void {
  const scratch = bytes > 0 ? planner.alloc(bytes) : undefined;
  list(scratch);
  if (scratch) planner.drop(scratch);
}

/** Lists the forward pass; the moments of the output with it where a norm follows. */
export function lowerConv(planner: GpuPlanner, site: ConvolutionSite): DenseSignal {
  const { layer, output, normFollows } = site;
  const shape = shapeOf(site);
  const region = planner.allocDense(layer.out, pixelsOf(output));
  const moments = normFollows ? planner.alloc(outputMomentBytes(shape)) : undefined;
  if (moments) planner.moments.set(region, moments);
  planner.run(
    layer.name,
    convForward(shape, {
      ...{ x: inputOf(site), weights: planner.parameter(`${layer.name}.weight`), y: region, moments },
      bias: layer.bias ? planner.parameter(`${layer.name}.bias`) : undefined,
    }),
  );
  return { kind: 'dense', ...output, region };
}

/** Lists the gradient of the weights. */
export function lowerConvWeights(planner: GpuPlanner, site: ConvolutionSite, dy: Region): void {
  const { name } = site.layer;
  const shape = shapeOf(site);
  const operands = { x: inputOf(site), dy, gradient: planner.gradient(`${name}.weight`) };
  withScratch(planner, slicesBytes(shape), (partial) =>
    planner.run(name, ...convWeights(shape, { ...operands, partial })),
  );
}

/** Lists the gradient of the bias. */
export function lowerBiasGradient(planner: GpuPlanner, { layer, output }: ConvolutionSite, dy: Region): void {
  const shape = { channels: layer.out, pixels: pixelsOf(output) };
  const target = planner.gradient(`${layer.name}.bias`);
  withScratch(planner, channelSumsBytes(shape), (partial) =>
    planner.run(layer.name, ...channelSums(shape, dy, target, partial)),
  );
}

/** Lists the gradient of the input. */
export function lowerConvInput(
  planner: GpuPlanner,
  site: ConvolutionSite,
  dy: Region,
  dx: Region,
  accumulate: boolean,
): void {
  const { name } = site.layer;
  const weights = planner.parameter(`${name}.weight`);
  planner.run(name, convInput(shapeOf(site), { dy, weights, dx, accumulate }));
}
