// Descriptions that are neurons, and what is said of those that are not.
import test from 'ava';
import { SettingsError } from '../../src/errors.js';
import type { NeuronDescription } from '../../src/equations/index.js';
import { readNeuron } from '../../src/equations/neuron.js';
import { printAssignment } from '../../src/equations/print.js';
import { canonicalJson } from '../../src/hash.js';
import { described, lifDescription, plif } from '../helpers/descriptions.js';

test('PLIF: its forward step with the state of the step before, and its backward step, as equations', (t) => {
  const { forward, backward, fixed, learned, state, spike, output } = readNeuron(plif);
  t.deepEqual(forward.map(printAssignment), [
    'v = u[t-1] + (x - u[t-1]) * sigmoid(w)',
    'o = spike(v - theta)',
    'u = (1 - detach(o)) * v',
  ]);
  t.deepEqual(backward.map(printAssignment), [
    '∂u = ∂⁺u',
    '∂o = ∂↑o',
    '∂v = ∂u * (1 - detach(o)) + ∂o * surrogate(v - theta) * sgs(∂o, v, o)',
    '∂x = ∂v * sigmoid(w)',
    '∂w = ∂v * (x - u[t-1]) * sigmoid(w) * sigmoid(-w)',
    '∂u[t-1] = ∂v - ∂v * sigmoid(w)',
  ]);
  t.deepEqual(
    [...fixed],
    [
      ['tau0', 2],
      ['theta', 1],
    ],
  );
  t.deepEqual(learned, [{ name: 'w', per: 'layer', initial: -0 }]);
  t.deepEqual([...state], [['u', 0]]);
  t.deepEqual([spike, output], ['o', 'o']);
});

test('a state that is read after it was set is the new one; the output may be a state', (t) => {
  const neuron = readNeuron({
    name: 'two',
    state: { v: 0, m: 1 },
    step: ['v = v / 2 + x', 'm = m + v'],
    output: 'm',
  });
  t.deepEqual(neuron.forward.map(printAssignment), ['v = v[t-1] / 2 + x', 'm = m[t-1] + v']);
  t.deepEqual(neuron.backward.map(printAssignment), [
    '∂m = ∂↑m + ∂⁺m',
    '∂v = ∂⁺v + ∂m',
    '∂x = ∂v',
    '∂v[t-1] = ∂v / 2',
    '∂m[t-1] = ∂m',
  ]);
});

test('every neuron of the literature is read, and its canonical text is a fixpoint', (t) => {
  for (const description of [
    ...Object.values(described),
    lifDescription('hard', false),
    lifDescription('soft', true),
  ]) {
    const once = readNeuron(description).description;
    t.deepEqual(readNeuron(once).description, once);
  }
});

test('spaces, brackets and the order of keys do not matter to the canonical text; equations do', (t) => {
  const spelled = (step: string[], initial = '-log(tau0 - 1)'): string =>
    canonicalJson(
      readNeuron({
        ...plif,
        parameters: { theta: 1.0, tau0: 2, w: { initial, learned: true, per: 'layer' } },
        step,
      }).description,
    );
  const text = canonicalJson(readNeuron(plif).description);
  t.is(
    spelled(['v=u+((x-u)*sigmoid(w))', 'o = spike((v - theta))', 'u=(1-detach(o))*v'], '-(log(tau0-1))'),
    text,
  );
  t.not(spelled(['v = u + (x - u) * sigmoid(w)', 'o = spike(v - theta)', 'u = (1 - o) * v']), text);
});

const lif = lifDescription('hard', false);
const step = (...equations: string[]): NeuronDescription => ({ ...lif, step: equations });
const with_ = (fields: object): NeuronDescription => ({ ...lif, ...fields });

const REFUSED: [NeuronDescription, RegExp][] = [
  [
    step('v = tua * u + x', 'u = v'),
    /neuron "lif", step 1, column 5: unknown name "tua"; expected one of x, tau, theta, u; did you mean "tau"\?\n {2}v = tua \* u \+ x\n {6}\^/,
  ],
  [step('v = x', 'o = spike(v)'), /neuron "lif": the state "u" is set by no equation of the step; add u = …/],
  [step('v = x', 'v = u', 'u = v'), /step 2, column 1: "v" is set twice/],
  [step('v = x', 'u = v', 'u = v'), /step 3, column 1: "u" is set twice/],
  [
    step('x = u', 'u = x'),
    /step 1, column 1: "x" is the input or a parameter; expected a state or a new name/,
  ],
  [step('tau = u', 'u = x'), /"tau" is the input or a parameter/],
  [step('v = o', 'o = spike(v)', 'u = v'), /step 1, column 5: unknown name "o"/],
  [step('v = v + x', 'o = spike(v)', 'u = v'), /step 1, column 5: unknown name "v"/],
  [
    step('v = x', 'o = spike(spike(v))', 'u = v'),
    /step 2, column 11: a spike within an expression; expected an equation of its own/,
  ],
  [step('v = x', 'o = 2 * spike(v)', 'u = v'), /step 2, column 9: a spike within an expression/],
  [
    step('v = x', 'o = spike(v)', 'u = spike(v)'),
    /step 3, column 5: a second spike, besides "o"; expected one spike in a step/,
  ],
  [
    step('o = spike(x - theta)', 'u = o'),
    /step 1, column 5: no "v" is set before the spike; expected the potential under this name/,
  ],
  [step('spike = x', 'u = x'), /step 1, column 1: "spike" means a function or a constant/],
  [step('detach = x', 'u = x'), /"detach" means a function/],
  [step('v = x > 1', 'u = v'), /a comparison has no gradient/],
  [step('v = x +', 'u = v'), /neuron "lif", step 1, column 8: found the end/],
  [with_({ output: 'y' }), /neuron "lif", output: no equation sets "y"; expected one of v, o, u/],
  [with_({ output: 'x' }), /no equation sets "x"/],
  [with_({ state: { u: 0, detach: 0 } }), /neuron "lif", state: "detach" means a function/],
  [with_({ state: { u: 0, tau: 0 } }), /state: "tau" means something already/],
  [with_({ parameters: { x: 1 } }), /parameters: "x" means something already/],
  [with_({ parameters: { constructor: 1 } }), /"constructor" is a name that every object has/],
  [
    with_({ parameters: JSON.parse('{ "__proto__": 1, "tau": 1, "theta": 1 }') as object }),
    /"__proto__" is no name/,
  ],
  [with_({ parameters: { 'a b': 1 } }), /"a b" is no name/],
  [with_({ state: { 'u[t-1]': 1 } }), /is no name/],
  [with_({ parameters: { tau: Infinity, theta: 1 } }), /neuron "lif".parameters.tau: /],
  [with_({ parameters: { tau: '0.5', theta: 1 } }), /neuron "lif".parameters.tau: /],
  [
    with_({ parameters: { tau: { learned: true, per: 'row', initial: 1 }, theta: 1 } }),
    /neuron "lif".parameters.tau/,
  ],
  [
    with_({ parameters: { tau: { learned: true, per: 'layer', initial: 'thet' }, theta: 1 } }),
    /neuron "lif", initial value of tau, column 1: unknown name "thet"; .* did you mean "theta"\?/,
  ],
  [
    with_({ parameters: { tau: { learned: true, per: 'layer', initial: 'log(0)' }, theta: 1 } }),
    /initial value of tau, column 1: its value is -Infinity; expected a finite number/,
  ],
  [
    with_({ parameters: { tau: { learned: true, per: 'layer', initial: 'spike(1)' }, theta: 1 } }),
    /initial value of tau, column 1: a spike within/,
  ],
  [
    with_({ parameters: { tau: { learned: true, per: 'layer', initial: 'detach(1)' }, theta: 1 } }),
    /detach outside a step/,
  ],
  [with_({ step: [] }), /neuron "lif".step: /],
  [with_({ step: ['v = x', 3] }), /neuron "lif".step.1: /],
  [with_({ step: new Array(33).fill('v = x') }), /neuron "lif".step: /],
  [with_({ steps: [] }), /neuron "lif": Unrecognized key: "steps"; did you mean "step"\?/],
  [
    with_({ state: Object.fromEntries(Array.from({ length: 33 }, (_, i) => [`u${i}`, 0])) }),
    /more than 32 names in state/,
  ],
  [null as unknown as NeuronDescription, /neuron: /],
  [with_({ name: '\u001b[2J', output: 'y' }), /neuron "\\u001b\[2J"/],
];

test('what is no neuron is refused by a SettingsError that names the equation, the place and what was expected', (t) => {
  for (const [description, message] of REFUSED)
    t.throws(
      () => readNeuron(description),
      { instanceOf: SettingsError, message },
      JSON.stringify(description),
    );
});
