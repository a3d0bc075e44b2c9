// Compiles a layer of neurons whose step is generated: currents to spikes or something analog, backpropagation through time, and the
// gradients of what it learns. Tests: test/engines/webgpu/described.slow.ts.
import type { NeuronEquations } from '../../../equations/index.js';
import type { EquationNeurons, Lif } from '../../../network/layers.js';
import { gradientInForce } from '../../../neurons/in-force.js';
import { DELTA, FLOOR } from '../../generate/lower.js';
import { stepGraph } from '../../generate/step-graph.js';
import { surrogateCode } from '../../generate/surrogate-code.js';
import type { Host } from '../../plan/host.js';
import { sumsByNorm, termsOf } from '../../plan/lif.js';
import { fetch } from '../../plan/parameters.js';
import type { Compiled } from '../../plan/planner.js';
import {
  type DenseSignal,
  type Gradient,
  pixelsOf,
  regionsOf,
  type Signal,
  type SpikeSignal,
} from '../../plan/signal.js';
import type { Described, LearnedRange } from '../kernels/described.js';
import { describedBackward, sumParts } from '../kernels/described-backward.js';
import { describedForward } from '../kernels/described-forward.js';
import { ownGradient, sharedGradient } from '../kernels/learned-sums.js';
import { tableNumbers } from '../kernels/step-code.js';
import { wholeRegion } from '../model-layout.js';
import type { GpuPlanner } from '../planner.js';

/** Either kind of layer. */
type Neurons = EquationNeurons | Lif;

/** Numbers of a step that fit among those of a kernel. */
const MOST_NUMBERS = 36;
/** So many ranges can a dispatch bind on every device. */
const MOST_BINDINGS = 8;

/** Compiles such a layer. */
export function compileDescribed(
  planner: GpuPlanner,
  layer: Neurons,
  input: Signal,
  neuron: NeuronEquations,
): Compiled {
  const { steps } = planner.settings;
  const { channels, height, width, isStatic, flattened } = input;
  const places = height * width;
  if (flattened && places > 1 && neuron.learned.some(({ per }) => per !== 'layer'))
    planner.refuse(layer, 'it learns by channel or neuron directly behind a flatten layer');
  const batch = isStatic ? input.images : input.images / steps;
  const positions = batch * places;
  const terms = termsOf(planner, layer, input);
  const described: Described = {
    ...stepOf(planner, layer, neuron),
    ...{ steps, channels, positions, places, terms },
  };
  const { step } = described;
  const size = { channels, height, width, images: batch * steps, flattened, isStatic: false, learns: true };
  const pixels = pixelsOf(size);
  const values = step.analog ? planner.allocDense(channels, pixels) : undefined;
  const wanted = !step.analog || (planner.training && step.fires !== undefined);
  const spikes = wanted ? planner.allocSpikes(channels, pixels) : undefined;
  planner.run(layer.name, describedForward(described, { values, spikes }));
  const output: DenseSignal | SpikeSignal = values
    ? { kind: 'dense', ...size, region: values }
    : { kind: 'spikes', ...size, planes: 1, region: spikes! };
  if (neuron.spike !== null && planner.options.activity) planner.ops.countSpikes(layer.name, output);
  if (!planner.training) return { output, backward: () => undefined };
  if (spikes && !step.analog) planner.keep(spikes); // the backward pass reads them, whoever else does
  for (const region of regionsOf(input)) planner.keep(region);
  if (planner.options.probe) planner.keep(output.region);
  return {
    output,
    backward(gradient: Gradient): Gradient {
      if (planner.options.probe) {
        const currents = input.kind === 'sum' ? input.terms : [input];
        const learned = learnedReader(planner, layer, neuron);
        const site = { layer: layer.name, steps, batch, terms: currents, output, gradient, neuron, learned };
        if (neuron.spike !== null) planner.ops.show(site);
        planner.drop(output.region);
      }
      const { poolHeight, poolWidth, region } = gradient;
      const inPlace = poolHeight * poolWidth === 1 && !isStatic && planner.owned(region);
      const dx = inPlace ? region : planner.allocDense(channels, isStatic ? positions : positions * steps);
      const parts = sumParts(described);
      const sums = planner.alloc(parts.bytes);
      const from = (given: Gradient) =>
        describedBackward(described, {
          ...{ height, width, gradient: given, dx, sums, spikes },
          output: neuron.output,
        });
      let work = from(gradient);
      if (work.regions.length > MOST_BINDINGS) {
        if (isStatic) planner.refuse(layer, 'it learns, and adds up two norms of a static image');
        // In place it binds one range less: the gradient is spread to every neuron first.
        planner.ops.spread({ poolHeight, poolWidth, input: size }, region, dx);
        work = from({ region: dx, poolHeight: 1, poolWidth: 1 });
      }
      planner.run(layer.name, work);
      if (!inPlace) planner.drop(region);
      if (spikes) planner.drop(spikes);
      for (const used of regionsOf(input)) planner.drop(used);
      const gradientOf = (name: string) => planner.gradient(`${layer.name}.${name}`);
      step.sums.forEach((name, k) =>
        planner.run(layer.name, sharedGradient(described, k, sums, gradientOf(name))),
      );
      step.own.forEach((name, k) =>
        planner.run(layer.name, ownGradient(described, k, sums, gradientOf(name))),
      );
      const byNorm = sumsByNorm(planner, terms, { region: sums, units: parts.chunks });
      return { region: dx, poolHeight: 1, poolWidth: 1, sums: byNorm };
    },
  };
}

/** The step, its numbers, and where what it learns lies. */
function stepOf(
  planner: GpuPlanner,
  layer: Neurons,
  neuron: NeuronEquations,
): Omit<Described, 'steps' | 'channels' | 'positions' | 'places' | 'terms'> {
  const inForce = gradientInForce(planner.settings.neuron, layer.name);
  const surrogate = surrogateCode(inForce.surrogate);
  const step = stepGraph(neuron, surrogate, 'inputs');
  const table = tableNumbers(step, {
    ...{ ...Object.fromEntries(neuron.fixed), ...surrogate.values },
    ...{ [DELTA]: inForce.delta, [FLOOR]: inForce.scaleFloor ?? -Infinity },
  });
  if (Object.keys(table).length > MOST_NUMBERS)
    planner.refuseHere(layer, `its equations have more than ${MOST_NUMBERS} numbers`);
  const { layout, parametersAt } = planner.options;
  const perOf = new Map(neuron.learned.map(({ name, per }) => [name, per]));
  const learned = [...step.sums, ...step.own].map((name): LearnedRange => {
    const { offset } = layout.parameters.byName.get(`${layer.name}.${name}`)!;
    return { per: perOf.get(name)!, offset };
  });
  return {
    ...{ step, table, learned, surrogate: neuron.spike === null ? '' : surrogate.shader },
    initial: [...neuron.state.values()],
    parameters: wholeRegion(layout, parametersAt),
  };
}

/** All that a layer learns, as the interpreter of the equations takes it. */
const learnedReader =
  (planner: GpuPlanner, { name: layer }: Neurons, { learned }: NeuronEquations) =>
  (host: Host): Record<string, ArrayLike<number>> => {
    const { layout, parametersAt } = planner.options;
    const { byName, floats } = layout.parameters;
    const region = learned.length > 0 ? host.floats(parametersAt, floats) : new Float32Array(0);
    return Object.fromEntries(
      learned.map(({ name }) => [name, fetch(byName.get(`${layer}.${name}`)!, region).data]),
    );
  };
