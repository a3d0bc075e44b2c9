// Compiles ReLU, and the writing out of currents where a layer follows that wants plain values.
// Tests: test/engines/event/model.test.ts.
import type { Layer, Relu } from '../../network/layers.js';
import { sumsByNorm, termsOf } from './lif.js';
import type { CurrentsSite } from './ops.js';
import type { Compiled, Planner } from './planner.js';
import { spreadPool } from './pool.js';
import { type Gradient, pixelsOf, regionsOf, type Signal } from './signal.js';

/** Compiles a ReLU. */
export const compileRelu = (planner: Planner, layer: Relu, input: Signal): Compiled =>
  compileCurrents(planner, layer, input, true);

/** True when a signal is plain values or spikes: no batch norm and no sum is still to be applied. */
export const isSettled = (signal: Signal): boolean =>
  signal.kind === 'spikes' || (signal.kind === 'dense' && !signal.norm);

/** Compiles what makes a signal settled, for `layer`. */
export const settle = (planner: Planner, layer: Layer, input: Signal): Compiled =>
  compileCurrents(planner, layer, input, false);

function compileCurrents(planner: Planner, layer: Layer, input: Signal, relu: boolean): Compiled {
  const site: CurrentsSite = { layer: layer.name, input, terms: termsOf(planner, layer, input), relu };
  const output = planner.ops.currents(site);
  if (!planner.training) return { output, backward: () => undefined };
  for (const region of regionsOf(input)) planner.keep(region);
  return {
    output,
    backward(pooled: Gradient): Gradient {
      const gradient = spreadPool(planner, pooled, output);
      const inPlace = planner.owned(gradient.region);
      const dx = inPlace ? gradient.region : planner.allocDense(input.channels, pixelsOf(input));
      const partial = planner.ops.currentsGradient(site, gradient.region, dx);
      if (!inPlace) planner.drop(gradient.region);
      for (const region of regionsOf(input)) planner.drop(region);
      return { region: dx, poolHeight: 1, poolWidth: 1, sums: sumsByNorm(planner, site.terms, partial) };
    },
  };
}
