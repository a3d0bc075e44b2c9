// Assigns generated code to the layers of a network: neurons that are equations, LIF with a surrogate of one's own, and all
// neurons where terms of the loss judge them.
import type { NeuronEquations } from '../../../equations/index.js';
import { shortHash } from '../../../hash.js';
import type { Layer, Network } from '../../../network/layers.js';
import { placeLayers } from '../../../network/shapes.js';
import { equationsInForce, gradientInForce } from '../../../neurons/in-force.js';
import type { NeuronChoice } from '../../../neurons/settings.js';
import { isNamed, statefulSurrogate } from '../../../surrogates/settings.js';
import type { GradientInForce } from '../../../surrogates/sgs.js';
import type { ModelSettings } from '../../engine.js';
import { judgingOf } from '../../judging.js';
import type { Build } from '../module.js';
import type { OwnModule } from '../pool.js';
import { compileStep } from './compile.js';
import { DELTA, FLOOR } from '../../generate/lower.js';
import { generateNeuron, type NeuronCode } from './neuron-code.js';
import { surrogateCode } from '../../generate/surrogate-code.js';

/** The generated code of a layer and all its numbers but those that it learns. */
export interface LayerCode {
  neuron: NeuronEquations;
  code: NeuronCode;
  /** The name of its module. */
  module: string;
  /** Numbers by the names that its table is made of. */
  values: Readonly<Record<string, number>>;
}

/** Code by what it is made of: a plan is compiled several times for each model. */
const generated = new Map<string, NeuronCode>();
/** So many are remembered; a sweep goes on from one to the next. */
const REMEMBERED = 64;

function codeOf(neuron: NeuronEquations, gradient: GradientInForce, isJudged: boolean): NeuronCode {
  const {
    parameter: _,
    height,
    ...surrogate
  } = gradient.surrogate as { parameter?: number; height?: number };
  const stateful = statefulSurrogate(gradient.surrogate)?.state.name;
  const what = [neuron.description, surrogate, height !== undefined, stateful, gradient.comparison, isJudged];
  const key = JSON.stringify(what);
  let code = generated.get(key);
  if (!code) {
    code = generateNeuron(neuron, surrogateCode(gradient.surrogate));
    if (generated.size >= REMEMBERED) generated.delete(generated.keys().next().value!);
    generated.set(key, code);
  }
  return code;
}

/**
 * The code of a layer; undefined where it runs none that is generated, as LIF does with a built-in surrogate.
 *
 * @param isJudged - terms of the loss look at its potentials or spikes
 */
export function layerCode(layer: Layer, choice: NeuronChoice, isJudged = false): LayerCode | undefined {
  if (layer.type !== 'neuron' && layer.type !== 'lif') return undefined;
  const neuron = equationsInForce(layer, choice, { always: !isNamed(choice.surrogate), isJudged });
  if (!neuron) return undefined;
  const gradient = gradientInForce(choice, layer.name);
  const code = codeOf(neuron, gradient, isJudged);
  const values = {
    ...Object.fromEntries(neuron.fixed),
    ...surrogateCode(gradient.surrogate).values,
    ...{ [DELTA]: gradient.delta, [FLOOR]: gradient.scaleFloor ?? -Infinity },
  };
  return { neuron, code, module: shortHash(code.source), values };
}

/** The modules that a network needs besides the engine's own, each once. They begin to compile. */
export function ownModules(network: Network, { neuron, loss }: ModelSettings, build: Build): OwnModule[] {
  const isJudged = judgingOf(network, loss) !== undefined;
  const modules = new Map<string, OwnModule>();
  for (const { layer } of placeLayers(network)) {
    const its = layerCode(layer, neuron, isJudged);
    if (its && !modules.has(its.module))
      modules.set(its.module, { name: its.module, module: compileStep(its.code.source, build) });
  }
  return [...modules.values()];
}
