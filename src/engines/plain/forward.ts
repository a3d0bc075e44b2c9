// The way through a network, to be read beside the paper: every layer is a function from its input to its output, and a
// function that takes the gradient of the output back to that of the input and of its parameters. Signals are `[T·B, H, W, C]`,
// time first, row-major, float64. Tests: test/engines/plain/model.test.ts.
import { UnsupportedError } from '../../errors.js';
import { equationsInForce, gradientInForce, normedInForce, withNumbers } from '../../neurons/in-force.js';
import { lifOf } from '../../neurons/settings.js';
import type { NeuronEquations } from '../../equations/index.js';
import { hasTiedWidth } from '../../surrogates/settings.js';
import { tiedFactors } from '../../neurons/tied-factors.js';
import { tiedNumbers } from '../../surrogates/tied.js';
import { normBefore } from '../../network/norm-before.js';
import { type Geometry, geometryOf, ONE_PIXEL, type Shape } from '../../network/geometry.js';
import { hasSpikes, type Layer, type LayerOfType, type LayerType } from '../../network/layers.js';
import { momentsOf, pullOf, type Pull } from '../../learning/losses/neuron-terms.js';
import { convolve, inputGradient, weightGradient } from './convolution.js';
import { gradientSums, relu, reluGradient, sum } from './currents.js';
import { runEquations } from './equations.js';
import { neuNorm } from './neu-norm.js';
import { type NeuronRun, runLif } from './neurons.js';
import { runNorm } from './norms.js';
import type { Gradients, LayerRun, Pass, Traced } from './pass.js';
import { averagePool, averagePoolGradient, maxPool, maxPoolGradient, type PoolSite } from './pool.js';

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

/** One layer: the gradients of its parameters are handed out, and what layers of neurons hand on is shown and moved. */
function runLayer(layer: Layer, x: Float64Array, pass: Pass): Traced {
  const { type, name } = layer;
  const run = kinds[type] as Run<Layer> | undefined;
  if (!run) throw new UnsupportedError(`engine plain: ${name}: has no layer of type ${type}`);
  const { y, back } = run(layer, x, pass, pass.placed.get(name)!.input);
  const handsOn = hasSpikes(layer);
  return {
    y: (handsOn && pass.handsOn?.(name, y)) || y,
    back(dy) {
      if (handsOn) pass.onHandedOn?.(name, dy);
      const { x: dx, learned = {} } = back(dy);
      for (const [suffix, values] of Object.entries(learned)) pass.onGradient?.(`${name}.${suffix}`, values);
      return dx;
    },
  };
}

/** Computation of a kind of layer, given the shape of its input. */
type Run<L> = (layer: L, x: Float64Array, pass: Pass, input: Shape) => LayerRun;

/** Every kind of layer; undefined where this engine has none, which is refused by name. */
const kinds: { [Type in LayerType]: Run<LayerOfType<Type>> | undefined } = {
  conv2d: (layer, x, pass, input) => runConvolution(layer, geometryOf(layer, input), x, pass),
  linear: (layer, x, pass) => runConvolution(layer, ONE_PIXEL, x, pass), // a convolution of one pixel
  batchNorm: runNorm,
  scaledNorm: runNorm,
  stepNorm: runNorm,
  lif: runNeurons,
  neuron: runNeurons,
  mpbn: runMpbn,
  neuNorm: ({ name, k }, x, { settings: { steps }, parameter }, [, , channels]) =>
    neuNorm(x, { k, w: parameter(`${name}.w`), steps, channels }),
  relu: (_, x) => ({ y: relu(x), back: (dy) => ({ x: reluGradient(x, dy) }) }),
  avgPool2d: ({ size }, x, pass, input) => runAveragePool(x, poolSite(pass, input, size)),
  globalAvgPool2d: (_, x, pass, input) => runAveragePool(x, poolSite(pass, input)),
  maxPool2d({ size }, x, pass, input) {
    const site = poolSite(pass, input, size);
    return { y: maxPool(site, x), back: (dy) => ({ x: maxPoolGradient(site, x, dy) }) };
  },
  flatten: (_, x) => ({ y: x, back: (dy) => ({ x: dy }) }),
  residual(layer, x, pass) {
    const [body, shortcut] = [runLayers(layer.body, x, pass), runLayers(layer.shortcut, x, pass)];
    return { y: sum(body.y, shortcut.y), back: (dy) => ({ x: sum(body.back(dy), shortcut.back(dy)) }) };
  },
};

const runAveragePool = (x: Float64Array, site: PoolSite): LayerRun => ({
  y: averagePool(site, x),
  back: (dy) => ({ x: averagePoolGradient(site, dy) }),
});

/** Blocks of `size`; without one, of the whole image. */
const poolSite = ({ settings, batch }: Pass, [height, width, channels]: Shape, size?: number): PoolSite => ({
  ...{ images: settings.steps * batch, height, width, channels },
  ...{ poolHeight: size ?? height, poolWidth: size ?? width },
});

function runConvolution(
  layer: LayerOfType<'conv2d' | 'linear'>,
  geometry: Geometry,
  x: Float64Array,
  pass: Pass,
): LayerRun {
  const c = { geometry, images: pass.settings.steps * pass.batch, in: layer.in, out: layer.out };
  const w = pass.parameter(`${layer.name}.weight`);
  const bias = layer.bias ? pass.parameter(`${layer.name}.bias`) : undefined;
  pass.onSynapses?.(layer, x, geometry);
  return {
    y: convolve(c, x, w, bias),
    back(dy) {
      const learned = {
        weight: weightGradient(c, x, dy),
        ...(bias && { bias: gradientSums(dy, layer.out) }),
      };
      return { x: inputGradient(c, dy, w), learned };
    },
  };
}

function runNeurons(layer: LayerOfType<'lif' | 'neuron'>, x: Float64Array, pass: Pass): LayerRun {
  const { name } = layer;
  const { steps, neuron: choice } = pass.settings;
  const equations = equationsInForce(layer, choice, { isJudged: pass.judging !== undefined });
  if (!equations) return watched(name, runLif(x, steps, gradientInForce(lifOf(choice, name), name)), pass);
  const neuron = hasTiedWidth(choice.surrogate) ? withTiedWidth(name, equations, pass) : equations;
  const learned = Object.fromEntries(
    neuron.learned.map((parameter) => [parameter.name, pass.parameter(`${name}.${parameter.name}`)]),
  );
  return watched(name, runEquations(neuron, x, steps, gradientInForce(choice, name), learned), pass);
}

/** LIF whose potentials go through a batch norm, step by step; the gradients of its γ and β are sums over the steps. */
function runMpbn(
  { name }: LayerOfType<'mpbn'>,
  x: Float64Array,
  pass: Pass,
  [, , channels]: Shape,
): LayerRun {
  const { steps, neuron } = pass.settings;
  const ofSteps: Gradients[] = [];
  const run = runLif(x, steps, normedInForce(neuron, name), {
    normalise(v, t) {
      const { y, back } = runNorm({ type: 'scaledNorm', name, channels, initial: 1 }, v, pass);
      return { y, back: (dz) => (ofSteps[t] = back(dz)).x };
    },
  });
  const { y, back } = watched(name, run, pass);
  const total = (suffix: string): Float64Array =>
    ofSteps.map(({ learned }) => learned![suffix]).reduceRight((sums, one) => sum(sums, one));
  return {
    y,
    back: (dy) => ({
      ...back(dy),
      ...(pass.training && { learned: { weight: total('weight'), bias: total('bias') } }),
    }),
  };
}

/** Shows a layer of neurons, there and on the way back, and judges it. */
function watched(name: string, run: NeuronRun, pass: Pass): LayerRun {
  const { y, v, spikes } = run;
  const { steps } = pass.settings;
  if (spikes) pass.onNeurons?.(name, { steps, v, o: y });
  const pull = judge(run, pass);
  return {
    y,
    back(dy) {
      if (spikes) pass.onFirings?.(name, { steps, v, o: spikes }, (see) => run.showFirings(dy, see, pull));
      return run.back(dy, pull);
    },
  };
}

/** What the terms of the loss pull a layer by; undefined where none do, and of one that does not spike. */
function judge({ margins, spikes }: NeuronRun, { judging }: Pass): Pull | undefined {
  if (!judging || !margins || !spikes) return undefined;
  const moments = momentsOf(margins, spikes);
  judging.onMoments(moments);
  return pullOf(judging.terms, moments, judging.layers);
}

/** The width of the surrogate's rectangle, from the γ of the batch norm in front of the neurons. */
function withTiedWidth(name: string, equations: NeuronEquations, pass: Pass): NeuronEquations {
  const norm = normBefore(pass.network, name);
  const gamma = pass.parameter(`${norm.name}.weight`);
  return withNumbers(equations, tiedNumbers(gamma, tiedFactors(equations, norm)));
}
