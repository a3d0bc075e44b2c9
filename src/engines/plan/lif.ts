// Compiles a layer of neurons: currents to spikes, and backpropagation through time.
// Tests: test/engines/event/model.test.ts.
import type { Layer, Lif } from '../../network/layers.js';
import { gradientInForce } from '../../neurons/in-force.js';
import { lifOf } from '../../neurons/settings.js';
import type { NeuronsSite } from './ops.js';
import type { Compiled, Planner } from './planner.js';
import {
  type DenseSignal,
  type Gradient,
  type GradientSums,
  type Norm,
  type PartialSums,
  regionsOf,
  type Signal,
  type Terms,
} from './signal.js';

/** The currents that a neuron or ReLU adds up, dense ones first. */
export function termsOf(planner: Planner, layer: Layer, signal: Signal): Terms {
  const terms = signal.kind === 'sum' ? [...signal.terms] : [signal];
  terms.sort((a, b) => a.kind.localeCompare(b.kind)); // 'dense' before 'spikes'
  if (terms[0].kind === 'spikes') planner.refuse(layer, 'its input is nothing but spikes');
  return terms as Terms;
}

/** Says which batch norm finds its sums where; the partial sums have one use, which is given on or back. */
export function sumsByNorm(planner: Planner, terms: Terms, partial: PartialSums): Map<Norm, GradientSums> {
  const sums = new Map<Norm, GradientSums>();
  for (const [term, signal] of terms.entries()) {
    const norm = (signal as DenseSignal).norm;
    if (!norm) continue;
    planner.keep(partial.region);
    sums.set(norm, { ...partial, term: term as 0 | 1 });
  }
  planner.drop(partial.region);
  return sums;
}

/** Compiles a layer of neurons with a built-in surrogate. */
export function compileLif(planner: Planner, layer: Lif, input: Signal): Compiled {
  const { steps } = planner.settings;
  const { channels, height, width, isStatic } = input;
  const batch = isStatic ? input.images : input.images / steps;
  const positions = batch * height * width;
  const site: NeuronsSite = {
    layer: layer.name,
    settings: gradientInForce(lifOf(planner.settings.neuron, layer.name), layer.name),
    ...{ steps, positions, input, terms: termsOf(planner, layer, input) },
  };
  const output = planner.ops.neurons(site);
  if (planner.options.activity) planner.ops.countSpikes(layer.name, output);
  if (!planner.training) return { output, backward: () => undefined };
  for (const region of regionsOf(input)) planner.keep(region);
  if (planner.options.probe) planner.keep(output.region);
  return {
    output,
    backward(gradient: Gradient): Gradient {
      if (planner.options.probe) {
        const terms = input.kind === 'sum' ? input.terms : [input];
        planner.ops.show({ layer: layer.name, steps, batch, terms, output, gradient });
        planner.drop(output.region);
      }
      const { poolHeight, poolWidth, region } = gradient;
      const inPlace = poolHeight * poolWidth === 1 && !isStatic && planner.owned(region);
      const dx = inPlace ? region : planner.allocDense(channels, isStatic ? positions : positions * steps);
      const partial = planner.ops.neuronsGradient(site, output, gradient, dx);
      if (!inPlace) planner.drop(region);
      for (const used of regionsOf(input)) planner.drop(used);
      return { region: dx, poolHeight: 1, poolWidth: 1, sums: sumsByNorm(planner, site.terms, partial) };
    },
  };
}
