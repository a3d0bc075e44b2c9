// Compiles layers one after the other: the only place that knows all kinds. Tests: test/engines/event/model.test.ts.
import type { Layer, LayerOfType, LayerType } from '../../../network/layers.js';
import type { DenseSignal, Gradient, Signal, SpikeSignal } from '../signal.js';
import { compileBatchNorm } from './batch-norm.js';
import { regionsOf, type Compiled, type Compiler } from './compiler.js';
import { compileConvolution } from './convolution.js';
import { compileRelu, isSettled, settle } from './currents.js';
import { compileDescribed } from './described.js';
import { compileLif } from './lif.js';
import { layerCode } from '../generate/layer-code.js';
import { compileMpbn } from './mpbn.js';
import { compileNeuNorm } from './neu-norm.js';
import { compileAveragePool, compileMaxPool } from './pool.js';
import { compileResidual } from './residual.js';
import { compileStepNorm } from './step-norm.js';

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

/** How a kind of layer is compiled. */
type Compile<L> =
  /** It applies a batch norm, or adds up a residual's currents, itself; flattened or not. */
  | { pending: true; compile(compiler: Compiler, layer: L, signal: Signal): Compiled }
  /** It takes plain values or spikes; `flat`: flattened ones too. */
  | {
      pending: false;
      flat: boolean;
      compile(compiler: Compiler, layer: L, signal: DenseSignal | SpikeSignal): Compiled;
    };

/** A kind that takes signals as high and wide as they are. */
const unflattened = <L>(
  compile: (compiler: Compiler, layer: L, signal: DenseSignal | SpikeSignal) => Compiled,
): Compile<L> => ({ pending: false, flat: false, compile });

/** A norm, which takes real values. */
const ofDense = <L extends Layer>(
  compile: (compiler: Compiler, layer: L, signal: DenseSignal) => Compiled,
): Compile<L> =>
  unflattened((compiler, layer: L, signal) =>
    signal.kind === 'spikes'
      ? compiler.refuse(layer, 'it normalises spikes')
      : compile(compiler, layer, signal),
  );

/** Every kind of layer; undefined where this engine has none, which is refused by name. */
const kinds: { [Type in LayerType]: Compile<LayerOfType<Type>> | undefined } = {
  lif: {
    pending: true,
    compile(compiler, layer, signal) {
      // Of what its own kernels lack, such as a surrogate of one's own; and in training where terms of the loss judge the neurons.
      const { neuron } = compiler.settings;
      const isJudged =
        compiler.judging !== undefined && (compiler.training || layerCode(layer, neuron) !== undefined);
      const its = layerCode(layer, neuron, isJudged);
      return its ? compileDescribed(compiler, layer, signal, its) : compileLif(compiler, layer, signal);
    },
  },
  neuron: {
    pending: true,
    compile: (compiler, layer, signal) =>
      compileDescribed(
        compiler,
        layer,
        signal,
        layerCode(layer, compiler.settings.neuron, compiler.judging !== undefined)!,
      ),
  },
  mpbn: ofDense(compileMpbn),
  relu: { pending: true, compile: compileRelu },
  flatten: {
    pending: true,
    compile(_compiler, _layer, signal) {
      // Moves nothing: a linear layer takes height and width as they are.
      const flattened = signal.flattened || signal.height * signal.width > 1;
      return { output: { ...signal, flattened }, backward: (gradient) => gradient };
    },
  },
  conv2d: unflattened(compileConvolution),
  linear: { pending: false, flat: true, compile: compileConvolution },
  batchNorm: ofDense(compileBatchNorm),
  scaledNorm: ofDense(compileBatchNorm),
  stepNorm: ofDense(compileStepNorm),
  neuNorm: unflattened(compileNeuNorm),
  avgPool2d: unflattened((compiler, layer, signal) =>
    compileAveragePool(compiler, layer, signal, [layer.size, layer.size]),
  ),
  globalAvgPool2d: unflattened((compiler, layer, signal) =>
    compileAveragePool(compiler, layer, signal, [signal.height, signal.width]),
  ),
  maxPool2d: unflattened(compileMaxPool),
  residual: unflattened((compiler, layer, signal) => compileResidual(compiler, layer, signal, compileLayers)),
};

/** Layers that apply a batch norm, or add up a residual's currents, themselves. */
const takesPending = ({ type }: Layer): boolean => kinds[type]?.pending === true;

function compileLayer(compiler: Compiler, layer: Layer, signal: Signal): Compiled {
  const kind = kinds[layer.type] as Compile<Layer> | undefined;
  if (!kind) return compiler.refuse(layer, 'this engine has no such layer');
  if (kind.pending) return kind.compile(compiler, layer, signal);
  if (signal.flattened && !kind.flat)
    compiler.refuse(layer, 'it follows a flatten layer, and is neither linear nor a neuron nor ReLU');
  if (signal.kind === 'sum') return compiler.refuse(layer, 'it follows a residual block directly');
  return kind.compile(compiler, layer, signal);
}
