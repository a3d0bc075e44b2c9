// Neurons whose potentials and spikes the loss judges too: the same equations, in which the argument of `spike(…)` has a name, and
// the pulls of the loss on it and on the spike arrive from outside.
import { derive } from './derive.js';
import { call, type CallNode, name } from './expression.js';
import { before, fromAbove, fromLoss, INPUT, MARGIN } from './names.js';
import { type NeuronEquations, seedsOf } from './neuron.js';
import { add } from './simplify.js';

const known = new WeakMap<NeuronEquations, NeuronEquations>();

/**
 * The equations as judged ones, of neurons that spike: {@link MARGIN} is one more variable, and one more state, the last, which
 * nothing reads; the way back asks for {@link fromLoss} of it and of the spike. Of neurons that do not spike the equations as
 * they are.
 */
export function judged(neuron: NeuronEquations): NeuronEquations {
  const { spike } = neuron;
  if (spike === null) return neuron;
  let made = known.get(neuron);
  if (!made) {
    made = withMargin(neuron, spike);
    known.set(neuron, made);
  }
  return made;
}

function withMargin(neuron: NeuronEquations, spike: string): NeuronEquations {
  const forward = neuron.forward.flatMap((equation) => {
    if (equation.name !== spike) return [equation];
    const [argument] = (equation.value as CallNode).args;
    return [
      { name: MARGIN, value: argument },
      { name: spike, value: call('spike', [name(MARGIN)]) },
    ];
  });
  const states = [...neuron.state.keys()];
  const seeds = seedsOf(neuron.output, states);
  for (const variable of [MARGIN, spike]) {
    const pull = name(fromLoss(variable));
    seeds.set(variable, seeds.has(variable) ? add(seeds.get(variable)!, pull) : pull);
  }
  const wanted = [
    INPUT,
    ...neuron.learned.map((parameter) => parameter.name),
    ...[...states, MARGIN].map(before),
  ];
  const state = new Map([...neuron.state, [MARGIN, 0]]);
  return { ...neuron, forward, state, backward: derive(forward, seeds, wanted) };
}

/** What arrives from outside on the way back: of a neuron that is judged more than the gradient of its output. */
export const arriving = ({ output, state, spike }: NeuronEquations): string[] => [
  fromAbove(output),
  ...(state.has(MARGIN) ? [fromLoss(MARGIN), fromLoss(spike!)] : []),
];
