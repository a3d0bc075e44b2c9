// Lowers layers of neurons with a built-in surrogate, and currents that are written out. Tests: test/engines/event/model.test.ts.
import { blocksOf } from '../../plan/geometry.js';
import type { Region } from '../../plan/arena.js';
import type { CurrentsSite, NeuronsSite } from '../../plan/ops.js';
import {
  type DenseSignal,
  type Gradient,
  normVector,
  type PartialSums,
  pixelsOf,
  type SpikeSignal,
  type Terms,
} from '../../plan/signal.js';
import type { Compiler } from '../compiler.js';
import { currents, currentsBackward, currentUnits, type Currents } from '../ops/currents.js';
import {
  neuronsBackward,
  neuronsForward,
  neuronUnits,
  type Neurons,
  type NormVectors,
  type Term,
  type Terms as TermsInMemory,
} from '../ops/neurons.js';

/** Currents as kernels take them. */
export const inMemory = (compiler: Compiler, terms: Terms): TermsInMemory =>
  terms.map((term): Term => {
    const { address } = term.region;
    const pixels = pixelsOf(term);
    if (term.kind === 'spikes') return { kind: 'spikes', address, pixels };
    return { kind: 'affine', address, pixels, norm: vectorsOf(compiler, term) };
  }) as TermsInMemory;

/** The vectors of its batch norm, or of one that changes nothing. */
function vectorsOf(compiler: Compiler, { norm, channels }: DenseSignal): NormVectors {
  if (norm) {
    const at = (name: keyof NormVectors): number => normVector(norm, name);
    return {
      scale: at('scale'),
      shift: at('shift'),
      hatScale: at('hatScale'),
      hatShift: at('hatShift'),
    };
  }
  const [one, zero] = [compiler.constant(1, channels), compiler.constant(0, channels)];
  return { scale: one, shift: zero, hatScale: one, hatShift: zero };
}

const neuronsOf = (compiler: Compiler, site: NeuronsSite): Neurons => ({
  settings: site.settings,
  steps: site.steps,
  channels: site.input.channels,
  positions: site.positions,
  terms: inMemory(compiler, site.terms),
});

/** Emits the spikes of all steps. */
export function lowerNeurons(compiler: Compiler, site: NeuronsSite): SpikeSignal {
  const { channels, height, width, flattened } = site.input;
  const neurons = neuronsOf(compiler, site);
  const units = neuronUnits(neurons);
  const size = {
    channels,
    height,
    width,
    images: (site.positions * site.steps) / (height * width),
    flattened,
  };
  const counts = compiler.alloc(units * 4);
  const output: SpikeSignal = {
    ...{ kind: 'spikes', ...size, isStatic: false, learns: true, planes: 1 },
    region: compiler.alloc(blocksOf(channels) * pixelsOf(size) * 4),
  };
  compiler.run(neuronsForward(neurons, output.region.address, counts.address));
  compiler.countShares(output.region, { region: counts, units }, pixelsOf(output) * channels);
  compiler.drop(counts);
  return output;
}

/** Emits their backward pass. */
export function lowerNeuronsGradient(
  compiler: Compiler,
  site: NeuronsSite,
  { region, poolHeight, poolWidth }: Gradient,
  dx: Region,
): PartialSums {
  const { height, width, isStatic, channels } = site.input;
  const neurons = neuronsOf(compiler, site);
  const units = neuronUnits(neurons);
  const partial = compiler.alloc(units * 768);
  const at = { gradient: region.address, dx: dx.address, partial: partial.address };
  compiler.run(neuronsBackward(neurons, { ...at, height, width, poolHeight, poolWidth, isStatic }));
  return { region: partial, units: units / blocksOf(channels) };
}

const currentsOf = (compiler: Compiler, { input, terms, relu }: CurrentsSite): Currents => ({
  ...{ channels: input.channels, pixels: pixelsOf(input) },
  ...{ terms: inMemory(compiler, terms), relu },
});

/** Emits currents, written out. */
export function lowerCurrents(compiler: Compiler, site: CurrentsSite): DenseSignal {
  const { channels, height, width, images, isStatic, learns, flattened } = site.input;
  const operands = currentsOf(compiler, site);
  const output: DenseSignal = {
    ...{ kind: 'dense', channels, height, width, images, isStatic, learns, flattened },
    region: compiler.allocDense(channels, operands.pixels),
  };
  compiler.run(currents(operands, output.region.address));
  return output;
}

/** Emits the gradient of the terms. */
export function lowerCurrentsGradient(
  compiler: Compiler,
  site: CurrentsSite,
  gradient: Region,
  dx: Region,
): PartialSums {
  const operands = currentsOf(compiler, site);
  const units = currentUnits(operands);
  const partial = compiler.alloc(units * 768);
  const at = { gradient: gradient.address, dx: dx.address, partial: partial.address };
  compiler.run(currentsBackward(operands, at));
  return { region: partial, units: units / blocksOf(operands.channels) };
}
