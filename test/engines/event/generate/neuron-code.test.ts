import test from 'ava';
import { judged, readNeuron } from '../../../../src/equations/index.js';
import { generateNeuron } from '../../../../src/engines/event/generate/neuron-code.js';
import { builtInSurrogate } from '../../../../src/engines/generate/surrogate-code.js';
import { clif } from '../../../../src/neurons/clif.js';
import { glif, liaf, plif, stl } from '../../../helpers/descriptions.js';

const surrogate = builtInSurrogate({ name: 'rectangle' });
const codeOf = (description: Parameters<typeof readNeuron>[0]) =>
  generateNeuron(readNeuron(description), surrogate);

test('what a layer must have ready: states, sums of shared parameters, own ones, and whether it is analog', (t) => {
  const shape = ({ states, sums, own, analog }: ReturnType<typeof codeOf>) => ({ states, sums, own, analog });
  t.deepEqual(shape(codeOf(plif)), { states: 1, sums: ['w'], own: [], analog: false });
  t.deepEqual(shape(codeOf(stl)), { states: 1, sums: [], own: ['theta'], analog: false });
  t.deepEqual(shape(codeOf(liaf)), { states: 1, sums: [], own: [], analog: true });
  t.is(codeOf(glif).sums.length, 7);
});

test('nothing that somebody wrote stands in the source: names are the generator’s own', (t) => {
  const hostile = codeOf({
    name: 'unreachable',
    parameters: { constructor_: 1, while_: { per: 'layer', learned: true, initial: 0.5 } },
    state: { memory_grow: 0 },
    step: ['v = while_ * memory_grow + x', 'o = spike(v - constructor_)', 'memory_grow = (1 - o) * v'],
    output: 'o',
  });
  t.notRegex(hostile.source, /constructor_|while_|memory_grow|unreachable/);
  const plain = codeOf({
    name: 'a',
    parameters: { p: 1, q: { per: 'layer', learned: true, initial: 0.5 } },
    state: { s: 0 },
    step: ['v = q * s + x', 'o = spike(v - p)', 's = (1 - o) * v'],
    output: 'o',
  });
  t.is(hostile.source, plain.source); // and what is called otherwise is one module
});

test('values of parameters stand in the table, not in the source: a sweep over them compiles nothing', (t) => {
  t.is(codeOf({ ...plif, parameters: { ...plif.parameters, theta: 3 } }).source, codeOf(plif).source);
  const other = { name: 'rectangle', parameter: 0.3 } as const;
  t.is(generateNeuron(readNeuron(plif), builtInSurrogate(other)).source, codeOf(plif).source);
});

test('parameters that scale nothing but themselves are the calling thread’s: GLIF reads gates, and computes no exponential', (t) => {
  t.notRegex(codeOf(glif).source, /= exp|div\(/);
});

/** The body of a function of a module. */
const bodyOf = (source: string, name: string): string =>
  source.split(`export function ${name}(`)[1].split('\n}')[0];

test('a step with an exponential computes four vectors together, any other one; in the last step no state', (t) => {
  const { source } = codeOf(clif);
  const exponentials = (name: string): number => bodyOf(source, name).match(/= expOfNegative/g)?.length ?? 0;
  t.regex(source, /VECTORS: i32 = 4;/);
  t.deepEqual(['forward', 'forwardLast', 'recompute', 'backward'].map(exponentials), [8, 0, 8, 0]);
  t.notRegex(bodyOf(source, 'forwardLast'), /store/);
  for (const light of [plif, glif]) {
    t.regex(codeOf(light).source, /VECTORS: i32 = 1;/);
    t.notRegex(codeOf(light).source, /n\d+_1/);
  }
});

test('neurons that are judged show what stands in spike(…) in the last step too', (t) => {
  const code = generateNeuron(judged(readNeuron(clif)), surrogate);
  const stored = bodyOf(code.source, 'forwardLast').match(/store\(state, n\d+(_\d)?, (\d+)\)/g);
  t.is(stored?.length, 4); // the last state, of four vectors
  t.true(stored!.every((text, k) => text.endsWith(`, ${(code.states - 1) * 128 + 16 * k})`)));
});
