// The interpreter: runs a network's layers over time on tensors. New kinds of layers start here.
// Tests: test/engines/tfjs/model.test.ts.
import { outputsOf, readTensors } from '../../learning/readout.js';
import { batchNormGain } from '../../learning/batch-norm.js';
import * as tf from '@tensorflow/tfjs';
import { UnsupportedError } from '../../errors.js';
import { type Geometry, geometryOf, ONE_PIXEL } from '../../network/geometry.js';
import type {
  BatchNorm,
  Conv2d,
  EquationNeurons,
  Layer,
  LayerOfType,
  LayerType,
  Lif,
  Linear,
  Mpbn,
  Network,
  NeuNorm,
  ScaledNorm,
  StepNormLayer,
} from '../../network/layers.js';
import type { NeuronEquations } from '../../equations/index.js';
import { equationsInForce, gradientInForce, normedInForce } from '../../neurons/in-force.js';
import { tiedFactors } from '../../neurons/tied-factors.js';
import { lifOf } from '../../neurons/settings.js';
import type { LayerTensors } from '../../learning/losses/neuron-terms.js';
import { normBefore } from '../../network/norm-before.js';
import { hasTiedWidth } from '../../surrogates/settings.js';
import { FIRST_WIDTH, LATER_WIDTH, LEAST_WIDTH } from '../../surrogates/tied.js';
import type { ModelSettings } from '../engine.js';
import { checkSteps } from '../step-norm.js';
import { batchNormEvaluate, batchNormTrain, type BatchStatistics } from './batch-norm.js';
import { runEquations, runJudged } from './equations.js';
import { lif } from './lif.js';
import { conv2d, linear } from './linear.js';
import { mpbn } from './mpbn.js';
import { neuNorm } from './neu-norm.js';
import { avgPool2d, maxPool2d } from './pooling.js';
import type { SpikeObserver } from './spike.js';
import { splitSteps } from './steps.js';
import { stepNormEvaluate, stepNormTrain } from './step-norm.js';

/**
 * A signal on its way: `[steps·B, H, W, C]`, time-major; H = W = 1 once it is flat. `steps` is 1 while it is the same at
 * every time step.
 */
export interface Signal {
  x: tf.Tensor;
  steps: number;
}

/** Inputs of a forward pass besides the signal. */
export interface Pass {
  network: Network;
  settings: ModelSettings;
  /** Batch size B. */
  batch: number;
  training: boolean;
  parameter(name: string): tf.Tensor;
  /** Takes the batch's statistics of a batch norm layer, once for each move of the running ones (training only). */
  onStatistics?(layer: string, statistics: BatchStatistics): void;
  /** Sees the input of every convolution and linear layer, and where its kernel goes. */
  onSynapses?(layer: Conv2d | Linear, geometry: Geometry, input: Signal): void;
  /** Sees what every layer of neurons gives, spikes or something analog, `[T·B, …]`. */
  onSpikes?(layer: string, spikes: tf.Tensor): void;
  /** Where terms of the loss judge neurons: takes what stands in `spike(…)` and the spikes of each layer that spikes. */
  onJudged?(layer: LayerTensors): void;
  /** Gives the observer of one layer of neurons that spike at one time step. */
  observe?(layer: string, step: number): SpikeObserver;
}

/** Runs the whole network. Returns logits by time step, `[T, B, classes]`; of the last step where it alone is read. */
export function forward(x: tf.Tensor, dynamic: boolean, pass: Pass): tf.Tensor3D {
  const { steps } = pass.settings;
  const first: Signal = dynamic ? { x: x.reshape([-1, ...x.shape.slice(2)]), steps } : { x, steps: 1 };
  const { x: logits } = overTime(run(pass.network.layers, first, pass), steps);
  const outputs = logits.reshape([steps, pass.batch, outputsOf(pass.network)]) as tf.Tensor3D;
  return readTensors(tf, outputs, pass.network);
}

/**
 * Runs layers one after the other. Each is tidied up after itself, and its input is let go: what no gradient needs is
 * freed at once. The first input stays the caller's.
 */
function run(layers: Layer[], first: Signal, pass: Pass): Signal {
  let signal = first;
  for (const layer of layers) {
    let { steps } = signal;
    const x = tf.tidy(() => {
      const output = runLayer(layer, signal, pass);
      steps = output.steps;
      return output.x;
    });
    if (signal !== first) signal.x.dispose();
    signal = { x, steps };
  }
  return signal;
}

/** Repeats a static signal so that it has T steps. */
function overTime(signal: Signal, steps: number): Signal {
  if (signal.steps === steps) return signal;
  return {
    x: tf.concat(
      Array.from({ length: steps }, () => signal.x),
      0,
    ),
    steps,
  };
}

/** Computation of a kind of layer. */
type Run<L> = (layer: L, signal: Signal, pass: Pass) => Signal;

const own = ({ name }: Layer, suffix: string, pass: Pass): tf.Tensor => pass.parameter(`${name}.${suffix}`);

/** A kind of layer that works on tensors alone, whatever the steps. */
const onTensor =
  <L>(run: (x: tf.Tensor, layer: L) => tf.Tensor): Run<L> =>
  (layer, { x, steps }) => ({ x: run(x, layer), steps });

/** Every kind of layer; undefined where this engine has none, which is refused by name. */
const kinds: { [Type in LayerType]: Run<LayerOfType<Type>> | undefined } = {
  conv2d(layer, signal, pass) {
    const { x, steps } = signal;
    pass.onSynapses?.(layer, geometryOf(layer, [x.shape[1]!, x.shape[2]!, layer.in]), signal);
    const bias = layer.bias ? own(layer, 'bias', pass) : undefined;
    return { x: conv2d(x, own(layer, 'weight', pass), layer, bias), steps };
  },
  linear(layer, signal, pass) {
    const { x, steps } = signal;
    pass.onSynapses?.(layer, ONE_PIXEL, signal);
    const rows = x.reshape([x.shape[0], layer.in]);
    const y = linear(rows, own(layer, 'weight', pass), layer.bias ? own(layer, 'bias', pass) : undefined);
    return { x: y.reshape([x.shape[0], 1, 1, layer.out]), steps };
  },
  batchNorm: (layer, signal, pass) => ({ x: runBatchNorm(layer, signal, pass), steps: signal.steps }),
  scaledNorm: (layer, signal, pass) => ({ x: runBatchNorm(layer, signal, pass), steps: signal.steps }),
  stepNorm: runStepNorm,
  mpbn: runMpbn,
  lif: runNeurons,
  neuNorm: runNeuNorm,
  neuron: runNeurons,
  relu: onTensor((x) => tf.relu(x)),
  avgPool2d: onTensor((x, { size }) => avgPool2d(x, [size, size])),
  maxPool2d: onTensor((x, { size }) => maxPool2d(x, size)),
  globalAvgPool2d: onTensor((x) => avgPool2d(x, [x.shape[1]!, x.shape[2]!])),
  flatten: onTensor((x) => x.reshape([x.shape[0], 1, 1, -1])),
  residual(layer, signal, pass) {
    const body = run(layer.body, signal, pass);
    const shortcut = run(layer.shortcut, signal, pass);
    const both = Math.max(body.steps, shortcut.steps);
    return { x: overTime(body, both).x.add(overTime(shortcut, both).x), steps: both };
  },
};

function runLayer(layer: Layer, signal: Signal, pass: Pass): Signal {
  const runKind = kinds[layer.type] as Run<Layer> | undefined;
  if (!runKind) throw new UnsupportedError(`engine tfjs: ${layer.name}: has no layer of type ${layer.type}`);
  return runKind(layer, signal, pass);
}

function runBatchNorm({ type, name }: BatchNorm | ScaledNorm, { x, steps }: Signal, pass: Pass): tf.Tensor {
  const { batchNorm, neuron, steps: allSteps } = pass.settings;
  const gain = type === 'batchNorm' ? batchNormGain(batchNorm, neuron) : 1;
  const [gamma, beta] = ['weight', 'bias'].map(
    (suffix) => pass.parameter(`${name}.${suffix}`) as tf.Tensor1D,
  );
  if (!pass.training) {
    const [mean, variance] = ['runningMean', 'runningVariance'].map((suffix) =>
      pass.parameter(`${name}.${suffix}`),
    );
    return batchNormEvaluate(x, gamma, beta, mean, variance, batchNorm, gain);
  }
  const { y, statistics } = batchNormTrain(x, gamma, beta, batchNorm, gain, allSteps / steps);
  pass.onStatistics?.(name, statistics);
  return y;
}

function runStepNorm(layer: StepNormLayer, { x, steps }: Signal, pass: Pass): Signal {
  checkSteps(layer, pass.settings.steps);
  const own = (suffix: string): tf.Tensor => pass.parameter(`${layer.name}.${suffix}`);
  const site = { layer, settings: pass.settings.batchNorm, own, steps };
  if (!pass.training) return stepNormEvaluate(site, x);
  return stepNormTrain(site, x, (statistics) => pass.onStatistics?.(layer.name, statistics));
}

function runNeuNorm({ name, k }: NeuNorm, signal: Signal, pass: Pass): Signal {
  const { steps } = pass.settings;
  return { x: neuNorm(overTime(signal, steps).x, pass.parameter(`${name}.w`), k, steps), steps };
}

function runLif(name: string, { x, steps }: Signal, pass: Pass): Signal {
  const { steps: allSteps } = pass.settings;
  const neuron = gradientInForce(lifOf(pass.settings.neuron, name), name);
  const observe = pass.observe && ((step: number) => pass.observe!(name, step));
  const spikes = lif(x, allSteps, steps === 1, neuron, observe);
  pass.onSpikes?.(name, spikes);
  return { x: spikes, steps: allSteps };
}

function runMpbn({ name }: Mpbn, signal: Signal, pass: Pass): Signal {
  const { steps, batchNorm } = pass.settings;
  const neuron = normedInForce(pass.settings.neuron, name);
  const [gamma, beta, mean, variance] = ['weight', 'bias', 'runningMean', 'runningVariance'].map(
    (suffix) => pass.parameter(`${name}.${suffix}`) as tf.Tensor1D,
  );
  const normalise = (v: tf.Tensor): tf.Tensor => {
    if (!pass.training) return batchNormEvaluate(v, gamma, beta, mean, variance, batchNorm, 1);
    const { y, statistics } = batchNormTrain(v, gamma, beta, batchNorm, 1, 1);
    pass.onStatistics?.(name, statistics);
    return y;
  };
  const observe = pass.observe && ((step: number) => pass.observe!(name, step));
  const inputs = splitSteps(overTime(signal, steps).x, steps);
  const spikes = mpbn(inputs, normalise, neuron, observe);
  pass.onSpikes?.(name, spikes);
  return { x: spikes, steps };
}

function runNeurons(layer: EquationNeurons | Lif, signal: Signal, pass: Pass): Signal {
  const isJudged = pass.onJudged !== undefined;
  const equations = equationsInForce(layer, pass.settings.neuron, { isJudged });
  return equations ? runEquationLayer(layer.name, equations, signal, pass) : runLif(layer.name, signal, pass);
}

function runEquationLayer(name: string, neuron: NeuronEquations, { x, steps }: Signal, pass: Pass): Signal {
  const { steps: allSteps, neuron: choice } = pass.settings;
  const gradient = gradientInForce(choice, name);
  const numbers = hasTiedWidth(choice.surrogate) ? tiedWidths(name, neuron, pass) : undefined;
  const observe = pass.observe && ((step: number) => pass.observe!(name, step));
  const learned = neuron.learned.map((parameter) => pass.parameter(`${name}.${parameter.name}`));
  const site = { neuron, steps: allSteps, isStatic: steps === 1, gradient, observe, numbers };
  let output: tf.Tensor;
  if (pass.onJudged && neuron.spike !== null) {
    const run = runJudged(x, learned, site);
    pass.onJudged(run);
    output = run.output;
  } else output = runEquations(x, learned, site);
  if (neuron.spike !== null) pass.onSpikes?.(name, output);
  return { x: output, steps: allSteps };
}

/** The widths of the surrogate's rectangle, from the γ of the batch norm in front of the neurons. */
function tiedWidths(name: string, neuron: NeuronEquations, pass: Pass): Record<string, tf.Tensor> {
  const norm = normBefore(pass.network, name);
  const gamma = pass.parameter(`${norm.name}.weight`).mean();
  const [first, later] = tiedFactors(neuron, norm).map((factor) =>
    tf.maximum(gamma.mul(factor), LEAST_WIDTH),
  );
  return { [FIRST_WIDTH]: first, [LATER_WIDTH]: later };
}
