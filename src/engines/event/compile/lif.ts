// Compiles a layer of neurons: currents to spikes, and backpropagation through time.
// Tests: test/engines/event/model.test.ts.
import type { Layer, Lif } from '../../../network/layers.js';
import { gradientInForce } from '../../../neurons/in-force.js';
import { lifOf } from '../../../neurons/settings.js';
import { blocksOf } from '../geometry.js';
import {
  neuronsBackward,
  neuronsForward,
  neuronUnits,
  type Neurons,
  type Term,
  type Terms,
} from '../ops/neurons.js';
import {
  pixelsOf,
  type DenseSignal,
  type Gradient,
  type GradientSums,
  type Norm,
  type Signal,
  type SpikeSignal,
} from '../signal.js';
import { countSpikes } from './activity.js';
import { regionsOf, type Compiled, type Compiler } from './compiler.js';

/** The currents that a neuron or ReLU adds up, dense ones first. */
export function termsOf(compiler: Compiler, layer: Layer, signal: Signal): Terms {
  const signals = signal.kind === 'sum' ? signal.terms : [signal];
  const terms = signals.map((term): Term => {
    const { address } = term.region;
    const pixels = pixelsOf(term);
    if (term.kind === 'spikes') return { kind: 'spikes', address, pixels };
    return { kind: 'affine', address, pixels, norm: term.norm ?? identity(compiler, term) };
  });
  terms.sort((a, b) => a.kind.localeCompare(b.kind)); // 'affine' before 'spikes'
  if (terms[0].kind === 'spikes') compiler.refuse(layer, 'its input is nothing but spikes');
  return terms as Terms;
}

/** The batch norm that changes nothing. */
function identity(compiler: Compiler, { channels }: DenseSignal): Norm {
  const [one, zero] = [compiler.constant(1, channels), compiler.constant(0, channels)];
  return { scale: one, shift: zero, hatScale: one, hatShift: zero };
}

/** Says which batch norm finds its sums where: those of the first term from 32 on, of the second from 64. */
export function sumsByNorm(
  compiler: Compiler,
  signal: Signal,
  terms: Term[],
  partial: GradientSums['region'],
  units: number,
): Map<Norm, GradientSums> {
  const pending = new Set(
    (signal.kind === 'sum' ? signal.terms : [signal]).flatMap((s) =>
      s.kind === 'dense' && s.norm ? [s.norm] : [],
    ),
  );
  const sums = new Map<Norm, GradientSums>();
  for (const [i, { norm }] of terms.entries())
    if (norm && pending.has(norm)) {
      compiler.keep(partial);
      sums.set(norm, { region: partial, units, offset: 32 * (i + 1) });
    }
  compiler.drop(partial);
  return sums;
}

/** Compiles a layer of neurons with a built-in surrogate. */
export function compileLif(compiler: Compiler, layer: Lif, input: Signal): Compiled {
  const { steps } = compiler.settings;
  const neuron = gradientInForce(lifOf(compiler.settings.neuron, layer.name), layer.name);
  const { channels, height, width, isStatic, flattened } = input;
  const batch = isStatic ? input.images : input.images / steps;
  const images = batch * steps;
  const positions = batch * height * width;
  const neurons: Neurons = {
    settings: neuron,
    steps,
    channels,
    positions,
    terms: termsOf(compiler, layer, input),
  };
  const units = neuronUnits(neurons);
  const size = { channels, height, width, images, flattened };
  const counts = compiler.alloc(units * 4);
  const output: SpikeSignal = {
    ...{ kind: 'spikes', ...size, isStatic: false, learns: true, planes: 1, shares: new Float64Array(1) },
    region: compiler.alloc(blocksOf(channels) * pixelsOf(size) * 4),
  };
  compiler.run(neuronsForward(neurons, output.region.address, counts.address));
  compiler.host((host) => {
    const fired = host.words(counts.address, units).reduce((a, b) => a + b, 0);
    output.shares[0] = fired / (pixelsOf(output) * channels);
  });
  compiler.drop(counts);
  countSpikes(compiler, layer.name, output);
  if (!compiler.training) return { output, backward: () => undefined };
  for (const region of regionsOf(input)) compiler.keep(region);
  if (compiler.options.probe) compiler.keep(output.region);
  return {
    output,
    backward(gradient: Gradient): Gradient {
      if (compiler.options.probe) {
        const terms = input.kind === 'sum' ? input.terms : [input];
        const site = { layer: layer.name, steps, batch, terms, output, gradient };
        compiler.host((host) => compiler.onNeurons?.(host, site));
        compiler.drop(output.region);
      }
      const { poolHeight, poolWidth, region } = gradient;
      const inPlace = poolHeight * poolWidth === 1 && !isStatic && compiler.owned(region);
      const dx = inPlace ? region : compiler.allocDense(channels, isStatic ? positions : positions * steps);
      const partial = compiler.alloc(units * 768);
      const at = { gradient: region.address, dx: dx.address, partial: partial.address };
      compiler.run(neuronsBackward(neurons, { ...at, height, width, poolHeight, poolWidth, isStatic }));
      if (!inPlace) compiler.drop(region);
      for (const used of regionsOf(input)) compiler.drop(used);
      const sums = sumsByNorm(compiler, input, neurons.terms, partial, units / blocksOf(channels));
      return { region: dx, poolHeight: 1, poolWidth: 1, sums };
    },
  };
}
