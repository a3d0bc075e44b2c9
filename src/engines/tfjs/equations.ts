// A layer of neurons that are equations, forward and back through time on tensors: the derived equations, written out step by
// step, so that only what they name is kept for the way back.
import * as tf from '@tensorflow/tfjs';
import type { NeuronEquations } from '../../equations/index.js';
import { type CallNode, nodesOf } from '../../equations/expression.js';
import {
  adjointOf,
  before,
  fromAbove,
  fromLoss,
  fromNext,
  handedBack,
  INPUT,
  MARGIN,
  POTENTIAL,
} from '../../equations/names.js';
import { hasOwnSurrogate, SURROGATE_VALUE } from '../../neurons/in-force.js';
import type { GradientInForce } from '../../surrogates/sgs.js';
import { tensorEvaluator, type TensorMeanings, type Value } from './evaluate.js';
import { sgsScaleOf, type SpikeObserver, surrogateDerivative } from './spike.js';
import { joinSteps, splitSteps } from './steps.js';

/** Options of running a layer. */
export interface EquationSite {
  neuron: NeuronEquations;
  /** Time steps T. */
  steps: number;
  /** True when the current is the same at every step. */
  isStatic: boolean;
  gradient: GradientInForce;
  /** Gives the observer of a time step. */
  observe?: (step: number) => SpikeObserver;
  /** Numbers of this pass in the place of those of the equations, by name: they have no gradient. */
  numbers?: Readonly<Record<string, tf.Tensor>>;
}

/**
 * Runs a layer from rest.
 *
 * @param current - input by time step, time-major `[T·B, H, W, C]`; or `[B, H, W, C]`, the same at every step
 * @param learned - what the neurons learn, in the order of `neuron.learned`: `[1]`, `[C]` or `[H, W, C]`
 * @returns the output by time step, `[T·B, H, W, C]`
 */
export function runEquations(current: tf.Tensor, learned: tf.Tensor[], site: EquationSite): tf.Tensor {
  return runVariables(current, learned, site, [site.neuron.output]);
}

/**
 * Runs a layer whose neurons are judged (equations/judged.ts).
 *
 * @returns besides the output what stands in `spike(…)` and the spikes, `[T·B, H, W, C]`: what is made of them has its gradient
 */
export function runJudged(
  current: tf.Tensor,
  learned: tf.Tensor[],
  site: EquationSite,
): { output: tf.Tensor; margins: tf.Tensor; spikes: tf.Tensor } {
  const variables = [site.neuron.output, MARGIN, site.neuron.spike!];
  const together = runVariables(current, learned, site, variables);
  const [output, margins, spikes] = tf.split(together, variables.length, 0);
  return { output, margins, spikes };
}

/** Runs a layer from rest: the values of variables, one after the other, `[variables·T·B, H, W, C]`. */
function runVariables(
  current: tf.Tensor,
  learned: tf.Tensor[],
  site: EquationSite,
  variables: readonly string[],
): tf.Tensor {
  const { neuron, steps, isStatic } = site;
  const kept = keptNames(site);
  const run = tf.customGrad((...args) => {
    const save = args.pop() as tf.GradSaveFunc;
    const [input, ...parameters] = args as tf.Tensor[];
    const inputs = isStatic ? Array.from({ length: steps }, () => input) : splitSteps(input, steps);
    const constants = constantsOf(site, parameters);
    const trace: Value[][] = []; // [T][kept]
    const outputs: tf.Tensor[][] = variables.map(() => []);
    let states: Value[] = [...neuron.state.values()];
    for (const [t, x] of inputs.entries()) {
      const names = [...neuron.state.keys()];
      const made = tf.tidy(() => {
        const values = stepForward(neuron, constants, x, states);
        if (neuron.spike !== null)
          site
            .observe?.(t)
            .forward(whole(values.get(POTENTIAL)!, x.shape), whole(values.get(neuron.spike)!, x.shape));
        return {
          states: names.map((name) => values.get(name)!),
          kept: kept.map((name) => values.get(name)!),
          given: variables.map((name) => whole(values.get(name)!, x.shape)),
        };
      });
      states = made.states;
      trace.push(made.kept);
      made.given.forEach((value, i) => outputs[i].push(value));
    }
    save([...parameters, ...trace.flat().filter((value) => typeof value !== 'number')]);
    const gradFunc = (dy: tf.Tensor, saved: tf.Tensor[]): tf.Tensor[] => {
      const rest = saved.slice(parameters.length);
      const again = trace.map((values) =>
        values.map((value) => (typeof value === 'number' ? value : rest.shift()!)),
      );
      const byStep = splitSteps(dy, variables.length * steps);
      const arriving = variables.map((name, i): [string, tf.Tensor[]] => [
        i === 0 ? fromAbove(name) : fromLoss(name),
        byStep.slice(i * steps, (i + 1) * steps),
      ]);
      return throughTime(arriving, saved.slice(0, parameters.length), kept, again, site);
    };
    return { value: joinSteps(outputs.flat()), gradFunc };
  });
  return run(current, ...learned, ...Object.values(site.numbers ?? {}));
}

/** The values of all names that are the same at every step; `parameters` are what is learned, then the numbers of the pass. */
const constantsOf = (
  { neuron: { fixed, learned }, numbers = {} }: EquationSite,
  parameters: tf.Tensor[],
): [string, Value][] => [
  ...fixed,
  ...[...learned.map(({ name }) => name), ...Object.keys(numbers)].map((name, i): [string, Value] => [
    name,
    parameters[i],
  ]),
];

/** Every variable of one step, and what it is computed from. */
function stepForward(
  neuron: NeuronEquations,
  constants: [string, Value][],
  x: tf.Tensor,
  states: Value[],
): Map<string, Value> {
  const values = new Map<string, Value>([...constants, [INPUT, x]]);
  [...neuron.state.keys()].forEach((name, i) => values.set(before(name), states[i]));
  const evaluate = tensorEvaluator(values);
  for (const { name, value } of neuron.forward) values.set(name, evaluate(value));
  return values;
}

/** The expression in `spike(…)`. */
const argumentOf = ({ forward, spike }: NeuronEquations) =>
  (forward.find(({ name }) => name === spike)!.value as CallNode).args[0];

/** What the way back names of the way there; for an observer, all that it is shown. */
function keptNames({ neuron, observe }: EquationSite): string[] {
  const { forward, backward, state, spike } = neuron;
  const there = new Set([INPUT, ...[...state.keys()].map(before), ...forward.map(({ name }) => name)]);
  const expressions = backward.map(({ value }) => value);
  const named = new Set(observe && spike !== null ? [POTENTIAL, spike] : []);
  if (observe && spike !== null) expressions.push(argumentOf(neuron));
  for (const expression of expressions)
    for (const node of nodesOf(expression)) if (node.kind === 'name') named.add(node.name);
  return [...there].filter((name) => named.has(name));
}

/** From the last step to the first: gradients of the current and of what is learned. */
function throughTime(
  arriving: readonly [string, tf.Tensor[]][],
  parameters: tf.Tensor[],
  kept: string[],
  trace: Value[][],
  site: EquationSite,
): tf.Tensor[] {
  const { neuron, isStatic, gradient, observe } = site;
  const constants = constantsOf(site, parameters);
  const states = [...neuron.state.keys()];
  const toInput: tf.Tensor[] = [];
  const toLearned: tf.Tensor[][] = neuron.learned.map(() => []);
  let handed: Value[] = states.map(() => 0); // the last state has no use
  for (let t = trace.length - 1; t >= 0; t--) {
    const dy = arriving[0][1][t];
    const made = tf.tidy(() => {
      const values = new Map<string, Value>(constants);
      for (const [name, gradients] of arriving) values.set(name, gradients[t]);
      kept.forEach((name, i) => values.set(name, trace[t][i]));
      states.forEach((name, i) => values.set(fromNext(name), handed[i]));
      const evaluate = tensorEvaluator(values, meaningsOf(gradient));
      for (const { name, value } of neuron.backward) values.set(name, evaluate(value));
      if (observe && neuron.spike !== null) show(observe(t), neuron.spike, values, dy.shape);
      return {
        x: whole(values.get(adjointOf(INPUT))!, dy.shape),
        learned: neuron.learned.map(({ name, per }) =>
          summed(whole(values.get(adjointOf(name))!, dy.shape), per),
        ),
        handed: states.map((name) => values.get(handedBack(name))!),
      };
    });
    toInput[t] = made.x;
    made.learned.forEach((sum, i) => toLearned[i].push(sum));
    handed = made.handed;
  }
  return [
    isStatic ? tf.addN(toInput) : joinSteps(toInput),
    ...toLearned.map((sums) => tf.addN(sums)),
    ...parameters.slice(toLearned.length).map((number) => tf.zerosLike(number)),
  ];

  /** Shows one firing to an observer. */
  function show(observer: SpikeObserver, spike: string, values: Map<string, Value>, shape: number[]): void {
    const [v, o] = [POTENTIAL, spike].map((name) => whole(values.get(name)!, shape));
    const gO = whole(values.get(adjointOf(spike)) ?? 0, shape); // none where no gradient passes the spike
    const u = whole(tensorEvaluator(values)(argumentOf(neuron)), shape);
    const h = hasOwnSurrogate(neuron)
      ? whole(values.get(SURROGATE_VALUE)!, shape)
      : surrogateDerivative(u, gradient.surrogate);
    const scale = sgsScaleOf(gO, v, o, gradient);
    observer.backward({ v, o, gO, h, gV: gO.mul(h).mul(scale) });
  }
}

/** The gradient through the spike, Eq. (5). */
const meaningsOf = (gradient: GradientInForce): TensorMeanings => ({
  surrogate: (a) => surrogateDerivative(tensor(a), gradient.surrogate),
  sgs: (g, v, o) =>
    gradient.delta === 0 && gradient.scaleFloor === null
      ? 1
      : sgsScaleOf(tensor(g), tensor(v), tensor(o), gradient),
});

const tensor = (value: Value): tf.Tensor => (typeof value === 'number' ? tf.scalar(value) : value);

/** A value for every neuron. */
function whole(value: Value, shape: number[]): tf.Tensor {
  if (typeof value === 'number') return tf.fill(shape, value);
  if (value.shape.join() === shape.join()) return value;
  const size = shape.reduce((a, b) => a * b, 1);
  return value.size === size ? value.reshape(shape) : value.broadcastTo(shape);
}

/** The sum over all that share one value: `[B, H, W, C]` to `[1]`, `[C]` or `[H, W, C]`. */
function summed(gradient: tf.Tensor, per: 'layer' | 'channel' | 'neuron'): tf.Tensor {
  if (per === 'layer') return gradient.sum().reshape([1]);
  return gradient.sum(per === 'channel' ? [0, 1, 2] : [0]);
}
