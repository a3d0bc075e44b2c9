// Compiles a layer of neurons whose step is generated: currents to spikes or something analog, backpropagation through time, and
// the gradients of what it learns. Tests: test/engines/event/equations.test.ts.
import type { EquationNeurons, Lif } from '../../../network/layers.js';
import { type LayerMoments, pullOf, type Pull } from '../../../learning/losses/neuron-terms.js';
import { normBefore } from '../../../network/norm-before.js';
import { tiedFactors } from '../../../neurons/tied-factors.js';
import { hasTiedWidth } from '../../../surrogates/settings.js';
import { tiedNumbers } from '../../../surrogates/tied.js';
import { fetch } from '../../plan/parameters.js';
import { mergeSums } from '../batch-norm.js';
import { LANES, blocksOf } from '../../plan/geometry.js';
import type { LayerCode } from '../generate/layer-code.js';
import { PULL } from '../../generate/lower.js';
import { tableFloats, tableWriter } from '../generate/table.js';
import type { Host } from '../../plan/host.js';
import { fromDense } from '../../plan/layout.js';
import {
  describedBackward,
  describedForward,
  type DescribedNeurons,
  MOMENTS,
} from '../ops/described-neurons.js';
import { neuronUnits, ROW } from '../ops/neurons.js';
import { sumPartials } from '../ops/planes.js';
import {
  type DenseSignal,
  type Gradient,
  pixelsOf,
  regionsOf,
  type Signal,
  type SpikeSignal,
} from '../../plan/signal.js';
import type { Compiler } from '../compiler.js';
import { sumsByNorm, termsOf } from '../../plan/lif.js';
import type { Compiled } from '../../plan/planner.js';
import { inMemory } from '../lower/neurons.js';

/** Either kind of layer. */
type Neurons = EquationNeurons | Lif;

/** Compiles such a layer. */
export function compileDescribed(
  compiler: Compiler,
  layer: Neurons,
  input: Signal,
  its: LayerCode,
): Compiled {
  const { code, neuron, module } = its;
  const { steps } = compiler.settings;
  const { channels, height, width, isStatic, flattened } = input;
  const pixels = height * width;
  if (flattened && pixels > 1 && neuron.learned.some(({ per }) => per !== 'layer'))
    compiler.refuse(layer, 'it learns by channel or neuron directly behind a flatten layer');
  const batch = isStatic ? input.images : input.images / steps;
  const positions = batch * pixels;
  const size = { channels, height, width, images: batch * steps, flattened };
  const table = compiler.alloc(tableFloats(code, channels) * 4);
  const terms = termsOf(compiler, layer, input);
  const neurons: DescribedNeurons = {
    ...{ code, module, steps, channels, positions, pixels, table: table.address },
    terms: inMemory(compiler, terms),
    own: code.own.map((name) => compiler.parameter(`${layer.name}.${name}`).address),
  };
  const units = neuronUnits(neurons);
  const write = tableWriting(compiler, layer, its, channels, table.address);
  compiler.host((host) => write(host));
  const output = allocOutput(compiler, code.analog, size);
  const counts = compiler.alloc(units * 4);
  const sums = code.judged ? compiler.alloc(units * MOMENTS * 8) : undefined;
  compiler.run(describedForward(neurons, output.region.address, counts.address, sums?.address));
  if (output.kind === 'spikes')
    compiler.countShares(output.region, { region: counts, units }, pixelsOf(output) * channels);
  let pull: Pull | undefined;
  if (sums && compiler.judging) {
    const { terms, layers } = compiler.judging;
    const count = pixelsOf(size) * channels;
    compiler.host((host) => {
      const found = mergedMoments(
        host.doubles(sums.address, units * MOMENTS),
        host.words(counts.address, units),
        count,
      );
      compiler.moments.push(found);
      pull = pullOf(terms, found, layers);
      write(host, pull);
    });
    compiler.drop(sums);
  }
  compiler.drop(counts);
  if (neuron.spike !== null && compiler.options.activity) compiler.ops.countSpikes(layer.name, output);
  if (!compiler.training) {
    compiler.drop(table);
    return { output, backward: () => undefined };
  }
  for (const region of regionsOf(input)) compiler.keep(region);
  if (compiler.options.probe) compiler.keep(output.region);
  return {
    output,
    backward(gradient: Gradient): Gradient {
      if (compiler.options.probe) {
        const currents = input.kind === 'sum' ? input.terms : [input];
        const learned = (host: Host) => learnedValues(compiler, layer, its, channels, pixels, host);
        const numbers = tiedWidths(compiler, layer, its);
        const site = {
          ...{ layer: layer.name, steps, batch, terms: currents, output, gradient, neuron },
          ...{ learned, numbers, pull: () => pull },
        };
        if (neuron.spike !== null) compiler.ops.show(site);
        compiler.drop(output.region);
      }
      const { poolHeight, poolWidth, region } = gradient;
      const inPlace = poolHeight * poolWidth === 1 && !isStatic && compiler.owned(region);
      const dx = inPlace ? region : compiler.allocDense(channels, isStatic ? positions : positions * steps);
      const partial = compiler.alloc(units * 768);
      const ofLearned = compiler.alloc(units * code.sums.length * 256);
      const owned = compiler.alloc(code.own.length * blocksOf(channels) * positions * ROW);
      const at = { gradient: region.address, dx: dx.address, partial: partial.address };
      compiler.run(
        describedBackward(neurons, {
          ...{ ...at, sums: ofLearned.address, owned: owned.address },
          ...{ height, width, poolHeight, poolWidth, isStatic },
        }),
      );
      if (!inPlace) compiler.drop(region);
      for (const used of regionsOf(input)) compiler.drop(used);
      sumParameters(compiler, layer, its, channels, { units, address: ofLearned.address });
      sumOwn(compiler, layer, its, neurons, owned.address);
      for (const used of [ofLearned, owned, table]) compiler.drop(used);
      const byNorm = sumsByNorm(compiler, terms, { region: partial, units: units / blocksOf(channels) });
      return { region: dx, poolHeight: 1, poolWidth: 1, sums: byNorm };
    },
  };
}

function allocOutput(
  compiler: Compiler,
  analog: boolean,
  size: Pick<DenseSignal, 'channels' | 'height' | 'width' | 'images' | 'flattened'>,
): DenseSignal | SpikeSignal {
  const common = { ...size, isStatic: false, learns: true };
  const { channels } = size;
  const pixels = pixelsOf(size);
  if (analog) return { kind: 'dense', ...common, region: compiler.allocDense(channels, pixels) };
  const region = compiler.alloc(blocksOf(channels) * pixels * 4);
  return { kind: 'spikes', ...common, planes: 1, region };
}

/** The moments of a layer, from those of its units in their order. */
function mergedMoments(sums: Float64Array, fired: Uint32Array, count: number): LayerMoments {
  let [sum, squares, spikes] = [0, 0, 0];
  fired.forEach((ones, unit) => {
    sum += sums[unit * MOMENTS];
    squares += sums[unit * MOMENTS + 1];
    spikes += ones;
  });
  const mean = sum / count;
  const variance = Math.max(0, squares / count - mean * mean); // of float32 in float64: little is lost
  return { count, mean, spread: Math.sqrt(variance), rate: spikes / count };
}

/** What fills the table, anew in every pass: what is learned has moved, and what a layer is pulled by is known behind its steps. */
function tableWriting(
  compiler: Compiler,
  layer: Neurons,
  its: LayerCode,
  channels: number,
  address: number,
): (host: Host, pull?: Pull) => void {
  const { code, values } = its;
  const tied = tiedWidths(compiler, layer, its);
  const pulls = code.judged ? Object.values(PULL) : [];
  const write = tableWriter(code, [...Object.keys(values), ...code.sums, ...pulls], channels);
  return (host, { offset, slope, spike } = { offset: 0, slope: 0, spike: 0 }) => {
    const learned = code.sums.map((name) => [name, vectorOf(compiler, layer, name, host)]);
    const pulled = { [PULL.offset]: offset, [PULL.slope]: slope, [PULL.spike]: spike };
    const all = {
      ...{ ...values, ...tied?.(host), ...Object.fromEntries(learned) },
      ...(code.judged && pulled),
    };
    write(all, host.floats(address, tableFloats(code, channels)));
  };
}

/** The widths of a surrogate that follows the batch norm in front of the neurons; undefined of any other. */
function tiedWidths(
  compiler: Compiler,
  { name }: Neurons,
  { neuron }: LayerCode,
): ((host: Host) => Record<string, number>) | undefined {
  const { settings, options } = compiler;
  if (!hasTiedWidth(settings.neuron.surrogate)) return undefined;
  const norm = normBefore(options.network, name);
  const gamma = `${norm.name}.weight`;
  const factors = tiedFactors(neuron, norm);
  const { parameters, parametersAt } = options;
  const parameter = parameters.byName.get(gamma)!;
  return (host) => tiedNumbers(fetch(parameter, host.floats(parametersAt, parameters.floats)).data, factors);
}

/** Learned parameters of a layer or its channels. */
function vectorOf(compiler: Compiler, layer: Neurons, name: string, host: Host): Float32Array {
  const full = `${layer.name}.${name}`;
  const { spec } = compiler.options.parameters.byName.get(full)!;
  return host.floats(compiler.parameter(full).address, spec.shape[0]);
}

/** All that a layer learns, as the interpreter of the equations takes it. */
function learnedValues(
  compiler: Compiler,
  layer: Neurons,
  { code }: LayerCode,
  channels: number,
  pixels: number,
  host: Host,
): Record<string, Float32Array> {
  const own = code.own.map((name) => {
    const dense = host.floats(
      compiler.parameter(`${layer.name}.${name}`).address,
      blocksOf(channels) * pixels * LANES,
    );
    return [name, fromDense(dense, channels, pixels)];
  });
  const shared = code.sums.map((name) => [name, vectorOf(compiler, layer, name, host)]);
  return Object.fromEntries([...shared, ...own]) as Record<string, Float32Array>;
}

/** Adds up the gradients of what a layer or its channels learn: unit by unit, then channel by channel. */
function sumParameters(
  compiler: Compiler,
  layer: Neurons,
  { code }: LayerCode,
  channels: number,
  { units, address }: { units: number; address: number },
): void {
  const stride = code.sums.length * LANES;
  if (stride === 0) return;
  compiler.host((host) => {
    const partial = host.doubles(address, units * stride);
    for (const [k, name] of code.sums.entries()) {
      const byChannel = mergeSums(partial, units / blocksOf(channels), channels, stride, k * LANES);
      const full = `${layer.name}.${name}`;
      const { spec } = compiler.options.parameters.byName.get(full)!;
      const perLayer = spec.shape[0] === 1 && channels > 1;
      const gradient = host.floats(compiler.gradient(full).address, spec.shape[0]);
      gradient.set(perLayer ? [byChannel.reduce((a, b) => a + b, 0)] : byChannel);
    }
  });
}

/** Adds up the gradients of what single neurons learn over the examples. */
function sumOwn(
  compiler: Compiler,
  layer: Neurons,
  { code }: LayerCode,
  { channels, positions, pixels }: DescribedNeurons,
  address: number,
): void {
  const blocks = blocksOf(channels);
  const parts = { planes: 1, slices: positions / pixels, floats: pixels * LANES } as const;
  for (const [k, name] of code.own.entries())
    for (let block = 0; block < blocks; block++) {
      const to = compiler.gradient(`${layer.name}.${name}`).address + block * pixels * ROW;
      compiler.run(sumPartials(address + (k * blocks + block) * positions * ROW, parts, to));
    }
}
