// Writes each kind of layer as nodes of NIR, or says why it cannot be. Tests: test/interchange/nir/to-graph.test.ts.
import type { AnyNorm } from '../../engines/plain/norms.js';
import { normMaps } from '../../measures/norm-maps.js';
import { sizeOf } from '../../network/geometry.js';
import type { Layer, LayerOfType, LayerType, Mpbn } from '../../network/layers.js';
import { byChannel } from '../convert.js';
import { refuse, type WritingContext } from './context.js';
import { scaleOutputs } from './dense.js';
import type { NirArray } from './graph.js';
import { writeFlatten, writeMean } from './pixels.js';
import { nirShape, type Signal, type Term } from './signal.js';
import { writeConvolution, writeLinear } from './sums.js';

type Write<L> = (layer: L, signal: Signal, context: WritingContext) => Signal;
/** Why there is no node for a kind of layer, and what to do. */
type Reason = string;

const kinds: { [Type in LayerType]: Write<LayerOfType<Type>> | Reason } = {
  conv2d: writeConvolution,
  linear: writeLinear,
  batchNorm: writeNorm,
  scaledNorm: writeNorm,
  stepNorm: writeNorm,
  neuNorm: 'NIR has no node that takes from neurons what their layer gave together; train with batch norm',
  lif: ({ name }, signal, context) =>
    writeNeurons(name, signal, context, () => context.settings.neuron.theta),
  mpbn: writeNormed,
  neuron: 'its neurons are equations, and NIR has nodes for LIF alone; export a network of LIF neurons',
  relu: 'NIR has spiking neurons and no ReLU; export the spiking network and not its ANN twin',
  avgPool2d: ({ name, size }, signal, context) => writeMean(name, [size, size], signal, context),
  globalAvgPool2d: ({ name }, signal, context) =>
    writeMean(name, [signal.image[0], signal.image[1]], signal, context),
  maxPool2d: 'NIR has no maximum, and no node that it has computes one; train with avgPool2d',
  flatten: ({ name }, signal, context) =>
    context.vocabulary === 'plain'
      ? writeFlatten(name, signal, context)
      : { ...signal, flattened: signal.flattened || sizeOf(signal.image) !== signal.image[2] },
  residual(layer, signal, context) {
    // Both branches take these outputs: nothing of one may be folded into them.
    const shared = { ...signal, terms: signal.terms.map(({ node, gain }): Term => ({ node, gain })) };
    const [body, shortcut] = [layer.body, layer.shortcut].map((branch) =>
      writeLayers(branch, shared, context),
    );
    return added(layer.name, body, shortcut, context);
  },
};

/** Writes layers one after the other. @throws SettingsError naming the layer that NIR has nothing for */
export function writeLayers(layers: readonly Layer[], signal: Signal, context: WritingContext): Signal {
  return layers.reduce((before, layer) => {
    const write = kinds[layer.type] as Write<Layer> | Reason;
    if (typeof write === 'string') refuse(context, layer, write);
    return write(layer, before, context);
  }, signal);
}

function writeNorm(layer: AnyNorm, signal: Signal, context: WritingContext): Signal {
  const { writing, settings, parameter } = context;
  const { name, channels } = layer;
  if (signal.flattened)
    refuse(context, layer, 'it normalises a flattened image; put it before, or use --vocabulary plain');
  const [folded, ...others] = normMaps(layer, settings, parameter);
  if (others.length > 0)
    refuse(
      context,
      layer,
      'it scales each step by something else, and nodes of NIR are the same at every step; train with batchNorm.kind standard, tdbn, tdbnInit or stepwise',
    );
  // Behind a flattening channels go by H·W·C here and by C·H·W in NIR.
  const ordered = (values: Float64Array): Float64Array =>
    channels === signal.image[2] ? values : (byChannel(values, 1, signal.image) as Float64Array);
  const [scale, shift] = [ordered(folded.scale), ordered(folded.shift)];
  const [term, ...more] = signal.terms;
  if (term.open === undefined || more.length > 0)
    return {
      ...signal,
      terms: [
        writing.diagonal(
          name,
          signal,
          (c) => scale[c],
          (c) => shift[c],
        ),
      ],
    };
  scaleOutputs(
    term.open,
    (c) => scale[c],
    (c) => shift[c],
  );
  return signal;
}

/**
 * Neurons whose potential is normalised: in inference `γ(v − μ)/σ + β > θ`, which for a positive γ is a threshold of each channel,
 * `v > μ + (θ − β)·σ/γ`.
 */
function writeNormed(layer: Mpbn, signal: Signal, context: WritingContext): Signal {
  const { settings, parameter } = context;
  const { name } = layer;
  if (signal.flattened)
    refuse(context, layer, 'it normalises a flattened image; put it before, or use --vocabulary plain');
  if (settings.neuron.reset === 'soft')
    refuse(context, layer, 'a soft reset takes theta, and in NIR the threshold, which differs by channel');
  const [gamma, beta, mean, variance] = ['weight', 'bias', 'runningMean', 'runningVariance'].map((suffix) =>
    Float64Array.from(parameter(`${name}.${suffix}`)),
  );
  const turned = gamma.findIndex((value) => !(value > 0));
  if (turned >= 0)
    refuse(
      context,
      layer,
      `its channel ${turned} is scaled by ${gamma[turned]}, and fires below a threshold`,
    );
  const thresholds = gamma.map(
    (value, c) =>
      mean[c] +
      ((settings.neuron.theta - beta[c]) * Math.sqrt(variance[c] + settings.batchNorm.epsilon)) / value,
  );
  // Behind a flattening channels go by H·W·C here and by C·H·W in NIR.
  const ordered =
    gamma.length === signal.image[2] ? thresholds : (byChannel(thresholds, 1, signal.image) as Float64Array);
  return writeNeurons(name, signal, context, (c) => ordered[c]);
}

/** @param threshold - of a channel, in the order of the file */
function writeNeurons(
  name: string,
  signal: Signal,
  context: WritingContext,
  threshold: (channel: number) => number,
): Signal {
  const { writing, neuron } = context;
  const shape = nirShape(signal);
  const all = (value: number): NirArray => ({
    ...{ dtype: 'float32', shape, data: new Float32Array(sizeOf(shape)).fill(value) },
  });
  const perChannel = shape.slice(1).reduce((product, n) => product * n, 1);
  const thresholds = all(0);
  (thresholds.data as Float32Array).forEach(
    (_, i, data) => (data[i] = threshold(Math.floor(i / perChannel))),
  );
  const from = writing.multiplied(name, signal, neuron.gain).map(({ node }) => node);
  const { type, tau, r } = neuron;
  const fields = {
    ...(tau !== undefined && { tau: all(tau), v_leak: all(0) }),
    ...{ r: all(r), v_threshold: thresholds, v_reset: all(0) },
  };
  return { ...signal, terms: [{ node: writing.add(name, { type, fields }, from), gain: 1 }] };
}

/** The sum of two branches. A node that is in both is there once, for edges that stand twice are read once. */
function added(name: string, body: Signal, shortcut: Signal, context: WritingContext): Signal {
  const [a, b] =
    body.flat === shortcut.flat
      ? [body, shortcut]
      : [body, shortcut].map((branch, i) => writeFlatten(`${name}.flatten${i + 1}`, branch, context));
  if (a.image.join() !== b.image.join())
    refuse(
      context,
      { name, type: 'residual' },
      'one branch gives a flattened image and the other features in another order; flatten before the block',
    );
  const terms = new Map<string, Term>();
  for (const term of [...a.terms, ...b.terms]) {
    const known = terms.get(term.node);
    terms.set(term.node, known ? { node: term.node, gain: known.gain + term.gain } : term);
  }
  return { ...a, terms: [...terms.values()] };
}
