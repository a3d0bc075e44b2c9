// The gradients of neurons that fire: at each spike the step is replaced by what Eq. (5) says it is like there, a curve through
// the spike with the slope h times the scale of SGS. Of that the gradients must be the central differences.
import test from 'ava';
import { readNeuron, runNeuron, type NeuronDescription } from '../../../src/equations/index.js';
import { runEquations } from '../../../src/engines/plain/equations.js';
import { neuronGradient, runNeurons } from '../../../src/engines/plain/neurons.js';
import { sizeOf } from '../../../src/network/parameters.js';
import { layerParameters, neuron } from '../../../src/network/layers.js';
import { defaultNeuron, type LifInForce } from '../../../src/neurons/lif.js';
import { surrogates } from '../../../src/surrogates/index.js';
import { isNamed, surrogateEquations, surrogateParameter } from '../../../src/surrogates/settings.js';
import type { SurrogateSettings } from '../../../src/surrogates/settings.js';
import { type GradientInForce, sgsScale } from '../../../src/surrogates/sgs.js';
import { described, lifDescription } from '../../helpers/descriptions.js';
import { centralDifferences, dot } from '../../helpers/differences.js';
import { normals, worstDifference } from '../../helpers/tensors.js';

const STEPS = 3;
const SHAPE: [number, number, number] = [1, 2, 2];
const BATCH = 2;
const NEURONS = BATCH * sizeOf(SHAPE);

/** Every neuron with a gradient through its reset and without. */
function forms(description: NeuronDescription): NeuronDescription[] {
  const detached = description.step.map((text) => text.replaceAll(/detach\(o\)|\bo\b(?!\s*=)/g, 'detach(o)'));
  const attached = description.step.map((text) => text.replaceAll('detach(o)', 'o'));
  return [
    { ...description, name: `${description.name}, attached`, step: attached },
    { ...description, name: `${description.name}, detached`, step: detached },
  ];
}

const NEURON_FORMS = [
  ...Object.values(described).flatMap(forms),
  ...(['hard', 'soft'] as const).flatMap((reset) => forms(lifDescription(reset, false))),
];

const primitiveOf = (surrogate: SurrogateSettings): ((u: number) => number) => {
  if (!isNamed(surrogate)) return surrogateEquations(surrogate).primitive!;
  const { primitive } = surrogates[surrogate.name];
  return (u) => primitive(u, surrogateParameter(surrogate));
};

const OWN: SurrogateSettings = {
  ...{ name: 'own', parameters: { k: 3 } },
  ...{ derivative: 'k * exp(-k * u) / (1 + exp(-k * u))^2', primitive: 'sigmoid(k * u)' },
};

/** The worst difference of all gradients of a neuron, relative to the largest of each. */
function worstOf(description: NeuronDescription, gradient: GradientInForce): number {
  const equations = readNeuron(description);
  const start = layerParameters(neuron('a', description), SHAPE).map(
    ({ suffix, shape, initial }) =>
      [suffix, normals(suffix, sizeOf(shape)).map((n) => initial! + 0.1 * n)] as const,
  );
  const at: Record<string, Float64Array> = Object.fromEntries([
    ['x', Float64Array.from(normals(`x ${description.name}`, STEPS * NEURONS), (n) => n + 0.5)],
    ...start.map(([name, values]) => [name, Float64Array.from(values)] as const),
  ]);
  const g = Float64Array.from(normals('g', STEPS * NEURONS));
  const run = runEquations(equations, at.x, STEPS, gradient, at);

  const [scales, arguments_] = [new Float64Array(at.x.length), new Float64Array(at.x.length)];
  run.showFirings(g, (gO, i, u) => {
    scales[i] = sgsScale(gO, run.v[i], run.spikes![i], gradient);
    arguments_[i] = u;
    return 0;
  });
  const H = primitiveOf(gradient.surrogate);
  const held: number[] = [];
  runNeuron(equations, at.x, STEPS, { learned: at, detach: (a) => (held.push(a), a) });
  const loss = (name: string) => (values: Float64Array) => {
    const now = { ...at, [name]: values };
    let [calls, detached] = [0, 0]; // neuron by neuron, step by step
    const spike = (u: number): number => {
      const i = Math.floor(calls / STEPS) + (calls++ % STEPS) * NEURONS;
      return run.spikes![i] + scales[i] * (H(u) - H(arguments_[i]));
    };
    const settings = { learned: now, spike, detach: () => held[detached++] };
    return dot(runNeuron(equations, now.x, STEPS, settings).values[equations.output], g);
  };
  const made = run.back(g);
  return Math.max(
    ...Object.keys(at).map((name) => {
      const found = name === 'x' ? made.x : made.learned[name];
      return worstDifference(found, centralDifferences(loss(name), at[name]));
    }),
  );
}

for (const surrogate of [{ name: 'rectangle' }, { name: 'atan' }, OWN] as const)
  test(`${surrogate.name}: every built-in neuron, its reset detached or not, with SGS and without: gradients of currents and of what is learned are the central differences within 1e-6 of the largest`, (t) => {
    let most = 0;
    for (const description of NEURON_FORMS)
      for (const [delta, scaleFloor] of [
        [0, null],
        [0.3, null],
        [3, 0],
      ] as const) {
        const worst = worstOf(description, { surrogate, delta, scaleFloor });
        most = Math.max(most, worst);
        if (!(worst < 1e-6)) t.fail(`${description.name}, delta ${delta}, floor ${scaleFloor}: ${worst}`);
      }
    t.log(`${NEURON_FORMS.length} neurons, worst ${most.toExponential(1)}`);
    t.true(most > 0);
  });

test('LIF as equations is the LIF of engine plain: potentials and spikes to the bit, gradients within 1e-15 of each', (t) => {
  const settings: LifInForce = { ...defaultNeuron, tau: 0.7, delta: 0.4, surrogate: { name: 'atan' } };
  const x = Float64Array.from(normals('x', STEPS * NEURONS));
  const g = Float64Array.from(normals('g', STEPS * NEURONS));
  const run = runEquations(readNeuron(lifDescription('hard', false, settings)), x, STEPS, settings, {});
  const trace = runNeurons(x, STEPS, settings);
  t.deepEqual([run.y, run.v, run.spikes], [trace.o, trace.v, trace.o]);
  const wanted = neuronGradient(trace, g, settings);
  run.back(g).x.forEach((value, i) => t.true(Math.abs(value - wanted[i]) <= 1e-15 * Math.abs(wanted[i])));
});

test('showFirings: each firing once, with the argument of its spike; none of neurons that do not spike', (t) => {
  const gradient: GradientInForce = { surrogate: { name: 'atan' }, delta: 0, scaleFloor: null };
  const x = Float64Array.from(normals('x', STEPS * NEURONS));
  const g = new Float64Array(x.length).fill(1);
  const diet = runEquations(readNeuron(described.diet), x, STEPS, gradient, { lambda: [0.9], theta: [2] });
  const seen: number[] = [];
  diet.showFirings(g, (gO, i, u) => {
    t.is(u, diet.v[i] / 2 - 1);
    t.is(gO, 1); // its reset is detached
    return seen.push(i);
  });
  t.deepEqual(
    seen.sort((a, b) => a - b),
    [...x.keys()],
  );
  const leak = { name: 'leak', state: { u: 0 }, step: ['u = u / 2 + x'], output: 'u' };
  const silent = runEquations(readNeuron(leak), x, STEPS, gradient, {});
  t.is(silent.spikes, undefined);
  silent.showFirings(g, () => t.fail() as unknown as number);
});
