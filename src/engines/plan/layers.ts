// Compiles layers one after the other: the only place that knows all kinds. Tests: test/engines/event/model.test.ts.
import type { Layer, LayerOfType, LayerType } from '../../network/layers.js';
import { compileBatchNorm } from './batch-norm.js';
import { compileConvolution } from './convolution.js';
import { compileRelu, isSettled, settle } from './currents.js';
import { compileLif } from './lif.js';
import type { Compiled, Kind, Planner } from './planner.js';
import { compileAveragePool, compileMaxPool } from './pool.js';
import { compileResidual } from './residual.js';
import { type DenseSignal, type Gradient, regionsOf, type Signal, type SpikeSignal } from './signal.js';

/** Compiles a list of layers. The input's memory stays the caller's; that of the output has one use, the caller's. */
export function compileLayers(planner: Planner, layers: Layer[], input: Signal): Compiled {
  const backwards: Compiled['backward'][] = [];
  let signal = input;
  for (const region of regionsOf(signal)) planner.keep(region);
  const append = ({ output, backward }: Compiled): void => {
    const old = regionsOf(signal);
    // A layer that only looks at its input in another way hands the same memory on.
    for (const region of regionsOf(output)) if (old.includes(region)) planner.keep(region);
    for (const region of old) planner.drop(region);
    signal = output;
    backwards.push(backward);
  };
  for (const [i, layer] of layers.entries()) {
    if (!takesPending(planner, layer) && !isSettled(signal)) append(settle(planner, layer, signal));
    append(compileLayer(planner, layer, signal, layers[i + 1]));
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

/** A kind that takes signals as high and wide as they are. */
export const unflattened = <L, P>(
  compile: (planner: P, layer: L, signal: DenseSignal | SpikeSignal, next?: Layer) => Compiled,
): Kind<L, P> => ({ pending: false, flat: false, compile });

/** A norm, which takes real values. */
export const ofDense = <L extends Layer, P extends Planner>(
  compile: (planner: P, layer: L, signal: DenseSignal) => Compiled,
): Kind<L, P> =>
  unflattened((planner, layer: L, signal) =>
    signal.kind === 'spikes'
      ? planner.refuse(layer, 'it normalises spikes')
      : compile(planner, layer, signal),
  );

/** Every kind of layer; undefined where engines compile it in their own way, or have none, which is refused by name. */
const kinds: { [Type in LayerType]: Kind<LayerOfType<Type>> | undefined } = {
  lif: { pending: true, compile: compileLif },
  neuron: undefined,
  mpbn: undefined,
  relu: { pending: true, compile: compileRelu },
  flatten: {
    pending: true,
    compile(_planner, _layer, signal) {
      // Moves nothing: a linear layer takes height and width as they are.
      const flattened = signal.flattened || signal.height * signal.width > 1;
      return { output: { ...signal, flattened }, backward: (gradient) => gradient };
    },
  },
  conv2d: unflattened(compileConvolution),
  linear: { pending: false, flat: true, compile: compileConvolution },
  batchNorm: ofDense(compileBatchNorm),
  scaledNorm: ofDense(compileBatchNorm),
  stepNorm: undefined,
  neuNorm: undefined,
  avgPool2d: unflattened((planner, layer, signal) =>
    compileAveragePool(planner, layer, signal, [layer.size, layer.size]),
  ),
  globalAvgPool2d: unflattened((planner, layer, signal) =>
    compileAveragePool(planner, layer, signal, [signal.height, signal.width]),
  ),
  maxPool2d: unflattened(compileMaxPool),
  residual: unflattened((planner, layer, signal) => compileResidual(planner, layer, signal, compileLayers)),
};

/** Compiles a layer, in the engine's own way where it has one. */
const kindOf = ({ machine }: Planner, { type }: Layer): Kind<Layer> | undefined =>
  (machine.own[type] ?? kinds[type]) as Kind<Layer> | undefined;

/** Layers that apply a batch norm, or add up a residual's currents, themselves. */
const takesPending = (planner: Planner, layer: Layer): boolean => kindOf(planner, layer)?.pending === true;

function compileLayer(planner: Planner, layer: Layer, signal: Signal, next?: Layer): Compiled {
  const kind = kindOf(planner, layer);
  if (!kind) return planner.refuseHere(layer, 'this engine has no such layer');
  if (kind.pending) return kind.compile(planner, layer, signal, next);
  if (signal.flattened && !kind.flat)
    planner.refuse(layer, 'it follows a flatten layer, and is neither linear nor a neuron nor ReLU');
  if (signal.kind === 'sum') return planner.refuse(layer, 'it follows a residual block directly');
  return kind.compile(planner, layer, signal, next);
}
