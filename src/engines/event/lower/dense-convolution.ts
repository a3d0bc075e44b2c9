// Lowers a convolution of real values, and the gradient of any convolution's input, which is real-valued always.
// Tests: test/engines/event/model.test.ts.
import { LANES } from '../../plan/geometry.js';
import type { Region } from '../../plan/arena.js';
import * as direct from '../ops/dense-convolution.js';
import { denseWeights as weightsOp } from '../ops/dense-weights.js';
import { sumPartials } from '../ops/planes.js';
import { slicesOf } from '../ops/spike-convolution.js';
import * as winograd from '../ops/winograd.js';
import type { ConvolutionSite } from '../../plan/ops.js';
import { type DenseSignal, pixelsOf } from '../../plan/signal.js';
import type { Compiler } from '../compiler.js';

const stride = (signal: { images: number; height: number; width: number }): number =>
  pixelsOf(signal) * LANES * 4;

/** Emits `y = conv(x, w) + bias`. */
export function denseForward(
  compiler: Compiler,
  { layer, geometry }: ConvolutionSite,
  input: DenseSignal,
  output: DenseSignal,
): void {
  const shape = { geometry, in: input.channels, out: layer.out };
  const fast = winograd.winogradFits(geometry, input.channels, layer.out);
  const packed = compiler.alloc(
    fast ? winograd.winogradForwardBytes(shape) : direct.forwardPackedBytes(shape),
  );
  const master = compiler.parameter(`${layer.name}.weight`).address;
  const operands = {
    ...{ ...shape, images: input.images, packed: packed.address, accumulate: false },
    ...{ source: input.region.address, sourceStride: stride(input) },
    ...{ target: output.region.address, targetStride: stride(output) },
    bias: layer.bias ? compiler.parameter(`${layer.name}.bias`).address : 0,
  };
  if (fast) compiler.run(...winograd.winogradForward(operands, master));
  else compiler.run(direct.packForward(shape, master, packed.address), direct.denseForward(operands));
  compiler.drop(packed);
}

/** Emits the gradient of the weights. */
export function denseWeights(
  compiler: Compiler,
  { layer, geometry, output }: ConvolutionSite,
  input: DenseSignal,
  dy: Region,
): void {
  const { floats } = compiler.options.parameters.byName.get(`${layer.name}.weight`)!;
  const slices = slicesOf(input.images, floats * 4);
  const partial = compiler.alloc(slices * floats * 4);
  compiler.run(
    weightsOp({
      ...{ geometry, images: input.images, in: input.channels, out: layer.out },
      ...{ x: input.region.address, xStride: stride(input), dy: dy.address, dyStride: stride(output) },
      ...{ gradient: partial.address, sliceBytes: floats * 4, slices },
    }),
    sumPartials(
      partial.address,
      { planes: 1, slices, floats },
      compiler.gradient(`${layer.name}.weight`).address,
    ),
  );
  compiler.drop(partial);
}

/** Emits the gradient of the input, added to what `dx` holds if `accumulate`. */
export function denseInput(
  compiler: Compiler,
  { layer, geometry, input, output }: ConvolutionSite,
  dy: Region,
  dx: Region,
  accumulate: boolean,
): void {
  const shape = { geometry, in: input.channels, out: layer.out };
  const fast = winograd.winogradFits(geometry, layer.out, input.channels);
  const packed = compiler.alloc(fast ? winograd.winogradInputBytes(shape) : direct.inputPackedBytes(shape));
  const master = compiler.parameter(`${layer.name}.weight`).address;
  const operands = {
    ...{ ...shape, images: input.images, packed: packed.address, accumulate },
    ...{ source: dy.address, sourceStride: stride(output) },
    ...{ target: dx.address, targetStride: stride(input) },
  };
  if (fast) compiler.run(...winograd.winogradInput(operands, master));
  else compiler.run(...direct.packInput(shape, master, packed.address), ...direct.denseInput(operands));
  compiler.drop(packed);
}
