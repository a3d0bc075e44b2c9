// The way through a network, to be read beside the paper: every layer is a function from its input to its output, and a
// function that takes the gradient of the output back to that of the input. Signals are `[T·B, H, W, C]`, time first,
// row-major, float64; the gradient of each parameter is handed out on the way back.
// Tests: test/engines/plain/model.test.ts.
import { batchNormGain } from '../../learning/batch-norm.js';
import { UnsupportedError } from '../../errors.js';
import { equationsInForce, gradientInForce, normedInForce, withNumbers } from '../../neurons/in-force.js';
import { lifOf } from '../../neurons/settings.js';
import type { NeuronEquations } from '../../equations/index.js';
import { derivativeOf, hasTiedWidth } from '../../surrogates/settings.js';
import { tiedFactors } from '../../neurons/tied-factors.js';
import { tiedNumbers } from '../../surrogates/tied.js';
import { normBefore } from '../../network/norm-before.js';
import { type Geometry, geometryOf, ONE_PIXEL, type Shape } from '../../network/geometry.js';
import {
  type BatchNorm,
  type Conv2d,
  type EquationNeurons,
  hasSpikes,
  kindOf,
  type Layer,
  type LayerOfType,
  type LayerType,
  type Lif,
  type Linear,
  type Mpbn,
  type Network,
  type NeuNorm,
  type ScaledNorm,
  type StepNormLayer,
} from '../../network/layers.js';
import { stepNorms } from '../../norms/index.js';
import type { PlacedLayer } from '../../network/shapes.js';
import { type LayerMoments, momentsOf, pullOf, type Pull } from '../../learning/losses/neuron-terms.js';
import type { ModelSettings } from '../engine.js';
import { checkSteps, learnedSuffixes, runningMoves } from '../step-norm.js';
import type { Judging } from '../judging.js';
import {
  affine,
  batchNorm,
  batchNormGradient,
  channelMoments,
  foldedBatchNorm,
  type BatchNormSite,
} from './batch-norm.js';
import { convolve, inputGradient, weightGradient } from './convolution.js';
import { gradientSums, relu, reluGradient, sum } from './currents.js';
import { type EquationRun, runEquations } from './equations.js';
import { mpbnGradient, runMpbn } from './mpbn.js';
import { neuNorm, neuNormGradient } from './neu-norm.js';
import { neuronGradient, runNeurons, type LayerTrace } from './neurons.js';
import { averagePool, averagePoolGradient, maxPool, maxPoolGradient, type PoolSite } from './pool.js';
import type { See } from './probe.js';
import { foldedStepNorm, mapped, normalisedOverTime, type StepNormSite, stepSums } from './step-norm.js';

/** What a forward pass depends on besides network and weights. */
export type ForwardSettings = Pick<ModelSettings, 'steps' | 'neuron' | 'batchNorm'>;

/** What judges layers of neurons, and what it is told of each. */
export interface JudgedPass extends Judging {
  onMoments(moments: LayerMoments): void;
}

/** The mean and the unbiased variance that a batch norm saw in a training pass. */
export interface BatchStatistics {
  mean: Float64Array;
  variance: Float64Array;
}

/** What a pass is given besides the signal. */
export interface Pass {
  network: Network;
  settings: ForwardSettings;
  /** Its layers by name. */
  placed: ReadonlyMap<string, PlacedLayer>;
  /** Batch size B. */
  batch: number;
  /** Batch norms use the moments of the batch; else the running ones. */
  training: boolean;
  parameter(name: string): ArrayLike<number>;
  /** Where terms of the loss judge neurons. */
  judging?: JudgedPass;
  /** Takes the gradient of a parameter. */
  onGradient?(name: string, gradient: Float64Array): void;
  /** Takes what running statistics move towards, once for each move. */
  onStatistics?(layer: string, statistics: BatchStatistics): void;
  /** Sees the input of every convolution and linear layer, and where its kernel goes. */
  onSynapses?(layer: Conv2d | Linear, input: ArrayLike<number>, geometry: Geometry): void;
  /** Gives what layers of neurons hand on in place of what they give: a probe's. Their own resets see what they gave. */
  handsOn?(layer: string, given: Float64Array): Float64Array;
  /** Takes the gradient of what a layer of neurons hands on. */
  onHandedOn?(layer: string, gradient: Float64Array): void;
  /** Sees potentials of every layer of neurons that spike and, as `o`, what it gives: spikes, or something analog. */
  onNeurons?(layer: string, trace: LayerTrace): void;
  /** Sees potentials and spikes on the way back, of layers that spike, and a way back that shows each firing. */
  onFirings?(layer: string, trace: LayerTrace, back: (see: See) => void): void;
}

/** A signal, and the way back: from the gradient of this signal to that of the one it was made from. */
export interface Traced {
  y: Float64Array;
  back(dy: Float64Array): Float64Array;
}

/** Runs the whole network: `y` are the logits by time step, `[T, B, classes]`. */
export const forward = (x: Float64Array, pass: Pass): Traced => runLayers(pass.network.layers, x, pass);

/** The chain rule: there from the first layer to the last, and back from the last to the first. */
function runLayers(layers: readonly Layer[], x: Float64Array, pass: Pass): Traced {
  const ways: Traced['back'][] = [];
  let y = x;
  for (const layer of layers) {
    const traced = runLayer(layer, y, pass);
    y = traced.y;
    ways.push(traced.back);
  }
  return { y, back: (dy) => ways.reduceRight((gradient, back) => back(gradient), dy) };
}

/** What a kind of layer does, given the shape of its input. */
type Run<L> = (layer: L, x: Float64Array, pass: Pass, input: Shape) => Traced;

/** Every kind of layer; undefined where this engine has none, which is refused by name. */
const kinds: { [Type in LayerType]: Run<LayerOfType<Type>> | undefined } = {
  conv2d: (layer, x, pass, input) => runConvolution(layer, geometryOf(layer, input), x, pass),
  linear: (layer, x, pass) => runConvolution(layer, ONE_PIXEL, x, pass), // a convolution of one pixel
  batchNorm: runBatchNorm,
  scaledNorm: runBatchNorm,
  stepNorm: runStepNorm,
  lif: runNeuronLayer,
  neuNorm: runNeuNorm,
  mpbn: runMpbnLayer,
  neuron: runNeuronLayer,
  relu: (_, x) => ({ y: relu(x), back: (dy) => reluGradient(x, dy) }),
  avgPool2d: ({ size }, x, pass, input) => runAveragePool(x, poolSite(pass, input, size)),
  globalAvgPool2d: (_, x, pass, input) => runAveragePool(x, poolSite(pass, input)),
  maxPool2d({ size }, x, pass, input) {
    const site = poolSite(pass, input, size);
    return { y: maxPool(site, x), back: (dy) => maxPoolGradient(site, x, dy) };
  },
  flatten: (_, x) => ({ y: x, back: (dy) => dy }),
  residual(layer, x, pass) {
    const [body, shortcut] = [runLayers(layer.body, x, pass), runLayers(layer.shortcut, x, pass)];
    return { y: sum(body.y, shortcut.y), back: (dy) => sum(body.back(dy), shortcut.back(dy)) };
  },
};

function runLayer(layer: Layer, x: Float64Array, pass: Pass): Traced {
  const run = kinds[layer.type] as Run<Layer> | undefined;
  if (!run) throw new UnsupportedError(`engine plain: ${layer.name}: has no layer of type ${layer.type}`);
  const traced = run(layer, x, pass, pass.placed.get(layer.name)!.input);
  return hasSpikes(layer) && (pass.handsOn || pass.onHandedOn) ? watched(layer.name, traced, pass) : traced;
}

/** What a layer of neurons hands on, shown and moved. */
const watched = (name: string, { y, back }: Traced, { handsOn, onHandedOn }: Pass): Traced => ({
  y: handsOn?.(name, y) ?? y,
  back(dy) {
    onHandedOn?.(name, dy);
    return back(dy);
  },
});

const runAveragePool = (x: Float64Array, site: PoolSite): Traced => ({
  y: averagePool(site, x),
  back: (dy) => averagePoolGradient(site, dy),
});

/** Blocks of `size`; without one, of the whole image. */
const poolSite = ({ settings, batch }: Pass, [height, width, channels]: Shape, size?: number): PoolSite => ({
  ...{ images: settings.steps * batch, height, width, channels },
  ...{ poolHeight: size ?? height, poolWidth: size ?? width },
});

function runConvolution(layer: Conv2d | Linear, geometry: Geometry, x: Float64Array, pass: Pass): Traced {
  const [weight, bias] = [`${layer.name}.weight`, `${layer.name}.bias`];
  const c = { geometry, images: pass.settings.steps * pass.batch, in: layer.in, out: layer.out };
  const w = pass.parameter(weight);
  pass.onSynapses?.(layer, x, geometry);
  return {
    y: convolve(c, x, w, layer.bias ? pass.parameter(bias) : undefined),
    back(dy) {
      pass.onGradient?.(weight, weightGradient(c, x, dy));
      if (layer.bias) pass.onGradient?.(bias, gradientSums(dy, layer.out));
      return inputGradient(c, dy, w);
    },
  };
}

type Parameters = Pass['parameter'];
type NormSettings = Pick<ForwardSettings, 'batchNorm' | 'neuron'>;

const siteOf = (
  { name, type }: BatchNorm | ScaledNorm,
  { batchNorm: how, neuron }: NormSettings,
  parameter: Parameters,
): BatchNormSite => ({
  ...{ gamma: parameter(`${name}.weight`), beta: parameter(`${name}.bias`) },
  ...{ epsilon: how.epsilon, gain: type === 'batchNorm' ? batchNormGain(how, neuron) : 1 },
});

/** A batch norm in inference as a factor and an addend by channel. */
const folded = (layer: BatchNorm | ScaledNorm, settings: NormSettings, parameter: Parameters) =>
  foldedBatchNorm(siteOf(layer, settings, parameter), {
    mean: parameter(`${layer.name}.runningMean`),
    variance: parameter(`${layer.name}.runningVariance`),
  });

/** A norm, of any type. */
export type AnyNorm = BatchNorm | ScaledNorm | StepNormLayer;

/** Whether a layer is one. */
export const isNorm = (layer: Layer): layer is AnyNorm => kindOf(layer).role === 'norm';

/** What a norm multiplies and adds to each channel in inference: one map, or one for each step where they differ. */
export function normMaps(
  layer: AnyNorm,
  settings: NormSettings,
  parameter: Parameters,
): { scale: Float64Array; shift: Float64Array }[] {
  if (layer.type !== 'stepNorm') return [folded(layer, settings, parameter)];
  const { scale, shift } = foldedOverTime(layer, settings, parameter);
  const { channels, kind, steps } = layer;
  return Array.from({ length: stepNorms[kind].differs ? steps : 1 }, (_, t) => ({
    scale: scale.slice(t * channels, (t + 1) * channels),
    shift: shift.slice(t * channels, (t + 1) * channels),
  }));
}

function runBatchNorm(layer: BatchNorm | ScaledNorm, x: Float64Array, pass: Pass): Traced {
  const site = siteOf(layer, pass.settings, pass.parameter);
  if (!pass.training) {
    const map = folded(layer, pass.settings, pass.parameter);
    return { y: affine(x, map), back: (dy) => dy.map((value, i) => value * map.scale[i % layer.channels]) };
  }
  const moments = channelMoments(x, layer.channels);
  const count = x.length / layer.channels; // T·B·H·W
  pass.onStatistics?.(layer.name, {
    mean: moments.mean,
    variance: moments.variance.map((value) => (value * count) / Math.max(1, count - 1)),
  });
  return {
    y: batchNorm(x, site, moments),
    back(dy) {
      const { input, gamma, beta } = batchNormGradient(x, dy, site);
      pass.onGradient?.(`${layer.name}.weight`, gamma);
      pass.onGradient?.(`${layer.name}.bias`, beta);
      return input;
    },
  };
}

const stepNormSite = (
  layer: StepNormLayer,
  { batchNorm: { epsilon } }: NormSettings,
  parameter: Parameters,
): StepNormSite => ({
  ...{ layer, epsilon },
  learned: Object.fromEntries(
    learnedSuffixes(layer).map((suffix) => [suffix, parameter(`${layer.name}.${suffix}`)]),
  ),
});

const foldedOverTime = (layer: StepNormLayer, settings: NormSettings, parameter: Parameters) =>
  foldedStepNorm(stepNormSite(layer, settings, parameter), {
    mean: parameter(`${layer.name}.runningMean`),
    variance: parameter(`${layer.name}.runningVariance`),
  });

function runStepNorm(layer: StepNormLayer, x: Float64Array, pass: Pass): Traced {
  const { settings, parameter } = pass;
  checkSteps(layer, settings.steps);
  if (!pass.training) {
    const map = foldedOverTime(layer, settings, parameter);
    const still = { scale: map.scale, shift: new Float64Array(map.shift.length) };
    return { y: mapped(x, map, layer), back: (dy) => mapped(dy, still, layer) };
  }
  const norm = stepNorms[layer.kind];
  const site = stepNormSite(layer, settings, parameter);
  const { hat, moments, back } = normalisedOverTime(site, x);
  const map = norm.map(site.learned, layer);
  for (const statistics of runningMoves(norm, moments, x.length / layer.channels))
    pass.onStatistics?.(layer.name, statistics);
  return {
    y: mapped(hat, map, layer),
    back(dy) {
      const gradients = norm.gradients(site.learned, layer, stepSums(dy, hat, layer));
      for (const [suffix, values] of Object.entries(gradients))
        pass.onGradient?.(`${layer.name}.${suffix}`, values);
      return back(mapped(dy, { scale: map.scale, shift: new Float64Array(map.shift.length) }, layer));
    },
  };
}

function runNeuNorm(
  { name, k }: NeuNorm,
  x: Float64Array,
  pass: Pass,
  [height, width, channels]: Shape,
): Traced {
  const site = {
    k,
    w: pass.parameter(`${name}.w`),
    steps: pass.settings.steps,
    pixels: height * width,
    channels,
  };
  const { y, a } = neuNorm(x, site);
  return {
    y,
    back(dy) {
      const { input, w } = neuNormGradient(dy, a, site);
      pass.onGradient?.(`${name}.w`, w);
      return input;
    },
  };
}

function runNeuronLayer(layer: EquationNeurons | Lif, current: Float64Array, pass: Pass): Traced {
  const { name } = layer;
  const equations = equationsInForce(layer, pass.settings.neuron, { isJudged: pass.judging !== undefined });
  return equations ? runEquationLayer(name, equations, current, pass) : runLif(name, current, pass);
}

function runLif(name: string, current: Float64Array, pass: Pass): Traced {
  const { steps } = pass.settings;
  const neuron = gradientInForce(lifOf(pass.settings.neuron, name), name);
  const trace = runNeurons(current, steps, neuron);
  pass.onNeurons?.(name, trace);
  return {
    y: trace.o,
    back(dy) {
      pass.onFirings?.(name, trace, (see) => {
        const h = derivativeOf(neuron.surrogate);
        neuronGradient(trace, dy, neuron, (gO, i) => {
          const u = trace.v[i] - neuron.theta;
          return see(gO, i, u, h(u));
        });
      });
      return neuronGradient(trace, dy, neuron);
    },
  };
}

function runMpbnLayer({ name }: Mpbn, current: Float64Array, pass: Pass): Traced {
  const { settings, parameter } = pass;
  const { steps } = settings;
  const norm: BatchNormSite = {
    ...{ gamma: parameter(`${name}.weight`), beta: parameter(`${name}.bias`) },
    ...{ epsilon: settings.batchNorm.epsilon, gain: 1 },
  };
  const running = { mean: parameter(`${name}.runningMean`), variance: parameter(`${name}.runningVariance`) };
  const neuron = normedInForce(settings.neuron, name);
  const site = { neuron, steps, norm, ...(!pass.training && { folded: foldedBatchNorm(norm, running) }) };
  const run = runMpbn(current, site);
  if (pass.training) {
    const count = current.length / norm.gamma.length;
    for (const moved of runningMoves({ running: 'shared' }, run.moments, count))
      pass.onStatistics?.(name, moved);
  }
  const trace = { steps, v: run.z, o: run.o }; // z is what is compared with the threshold
  pass.onNeurons?.(name, trace);
  return {
    y: pass.handsOn?.(name, run.o) ?? run.o,
    back(dy) {
      pass.onHandedOn?.(name, dy);
      pass.onFirings?.(name, trace, (see) => {
        const h = derivativeOf(neuron.surrogate);
        mpbnGradient(run, dy, site, (gO, i) => {
          const u = run.z[i] - neuron.theta;
          return see(gO, i, u, h(u));
        });
      });
      const { current: input, gamma, beta } = mpbnGradient(run, dy, site);
      if (pass.training) {
        pass.onGradient?.(`${name}.weight`, gamma);
        pass.onGradient?.(`${name}.bias`, beta);
      }
      return input;
    },
  };
}

function runEquationLayer(
  name: string,
  equations: NeuronEquations,
  current: Float64Array,
  pass: Pass,
): Traced {
  const { steps, neuron: choice } = pass.settings;
  const neuron = hasTiedWidth(choice.surrogate) ? withTiedWidth(name, equations, pass) : equations;
  const learned = Object.fromEntries(
    neuron.learned.map((parameter) => [parameter.name, pass.parameter(`${name}.${parameter.name}`)]),
  );
  const run = runEquations(neuron, current, steps, gradientInForce(choice, name), learned);
  const { y, v, spikes } = run;
  if (spikes) pass.onNeurons?.(name, { steps, v, o: y });
  const pull = pass.judging && judge(run, pass.judging);
  return {
    y,
    back(dy) {
      const gradient = run.back(dy, pull);
      for (const [parameter, values] of Object.entries(gradient.learned))
        pass.onGradient?.(`${name}.${parameter}`, values);
      if (spikes) pass.onFirings?.(name, { steps, v, o: spikes }, (see) => run.showFirings(dy, see, pull));
      return gradient.x;
    },
  };
}

/** What the terms of the loss pull a layer by; undefined of one that does not spike. */
function judge({ margins, spikes }: EquationRun, { terms, layers, onMoments }: JudgedPass): Pull | undefined {
  if (!margins || !spikes) return undefined;
  const moments = momentsOf(margins, spikes);
  onMoments(moments);
  return pullOf(terms, moments, layers);
}
/** The width of the surrogate's rectangle, from the γ of the batch norm in front of the neurons. */
function withTiedWidth(
  name: string,
  equations: NeuronEquations,
  { network, parameter }: Pass,
): NeuronEquations {
  const norm = normBefore(network, name);
  const gamma = parameter(`${norm.name}.weight`);
  return withNumbers(equations, tiedNumbers(gamma, tiedFactors(equations, norm)));
}
