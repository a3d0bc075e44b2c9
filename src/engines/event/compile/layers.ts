// Compiles layers one after the other: the only place that knows all kinds. Tests: test/engines/event/model.test.ts.
import type { Layer } from '../../../network/layers.js';
import type { Gradient, Signal } from '../signal.js';
import { compileBatchNorm } from './batch-norm.js';
import { regionsOf, type Compiled, type Compiler } from './compiler.js';
import { compileConvolution } from './convolution.js';
import { compileRelu, isSettled, settle } from './currents.js';
import { compileLif } from './lif.js';
import { compileAveragePool, compileMaxPool } from './pool.js';
import { compileResidual } from './residual.js';

/** Compiles a list of layers. The input's memory stays the caller's; that of the output has one use, the caller's. */
export function compileLayers(compiler: Compiler, layers: Layer[], input: Signal): Compiled {
  const backwards: Compiled['backward'][] = [];
  let signal = input;
  for (const region of regionsOf(signal)) compiler.keep(region);
  const append = ({ output, backward }: Compiled): void => {
    const old = regionsOf(signal);
    // A layer that only looks at its input in another way hands the same memory on.
    for (const region of regionsOf(output)) if (old.includes(region)) compiler.keep(region);
    for (const region of old) compiler.drop(region);
    signal = output;
    backwards.push(backward);
  };
  for (const layer of layers) {
    if (!takesPending(layer) && !isSettled(signal)) append(settle(compiler, layer, signal));
    append(compileLayer(compiler, layer, signal));
  }
  return {
    output: signal,
    backward(gradient, sink) {
      let current: Gradient | undefined = gradient;
      for (let i = backwards.length - 1; i >= 0 && current; i--)
        current = backwards[i](current, i === 0 ? sink : undefined);
      return current;
    },
  };
}

/** Layers that apply a batch norm, or add up a residual's currents, themselves. */
const takesPending = ({ type }: Layer): boolean => type === 'lif' || type === 'relu' || type === 'flatten';

function compileLayer(compiler: Compiler, layer: Layer, signal: Signal): Compiled {
  switch (layer.type) {
    case 'lif':
      return compileLif(compiler, layer, signal);
    case 'relu':
      return compileRelu(compiler, layer, signal);
    case 'flatten': {
      // Moves nothing: a linear layer takes height and width as they are.
      const flattened = signal.flattened || signal.height * signal.width > 1;
      return { output: { ...signal, flattened }, backward: (gradient) => gradient };
    }
  }
  if (signal.flattened && layer.type !== 'linear')
    compiler.refuse(layer, 'it follows a flatten layer, and is neither linear nor a neuron nor ReLU');
  switch (layer.type) {
    case 'residual':
      return compileResidual(compiler, layer, signal, compileLayers);
  }
  if (signal.kind === 'sum') return compiler.refuse(layer, 'it follows a residual block directly');
  switch (layer.type) {
    case 'conv2d':
    case 'linear':
      return compileConvolution(compiler, layer, signal);
    case 'batchNorm':
      if (signal.kind === 'spikes') return compiler.refuse(layer, 'it normalises spikes');
      return compileBatchNorm(compiler, layer, signal);
    case 'avgPool2d':
      return compileAveragePool(compiler, layer, signal, [layer.size, layer.size]);
    case 'globalAvgPool2d':
      return compileAveragePool(compiler, layer, signal, [signal.height, signal.width]);
    case 'maxPool2d':
      return compileMaxPool(compiler, layer, signal);
  }
}
