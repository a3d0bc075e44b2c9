// The list of methods: what every entry has to be.
import test from 'ava';
import { SettingsError } from '../../src/errors.js';
import { experiment, type ExperimentInput } from '../../src/experiment/experiment.js';
import { gradientMethods } from '../../src/methods/gradients.js';
import { fieldsOf } from '../../src/methods/compose.js';
import { method, METHOD_KINDS, METHOD_NAMES, type MethodKind, methods } from '../../src/methods/index.js';
import { lossMethods } from '../../src/methods/losses.js';
import { neuronMethods } from '../../src/methods/neurons.js';
import { normMethods } from '../../src/methods/norms.js';
import { surrogateMethods } from '../../src/methods/surrogates.js';
import { thresholdMethods } from '../../src/methods/thresholds.js';

/** What methods of a kind may set where all else is equal. */
const FIELDS: Record<MethodKind, string[]> = {
  gradient: ['neuron.surrogate', 'neuron.delta'],
  neuron: ['neuron.model', 'neuron.parameters', 'neuron.surrogate'],
  norm: ['batchNorm.kind', 'neuron.norm'],
  loss: ['loss', 'readout', 'lipschitz.beta', 'parseval.beta'],
};

test('names are unique over all files, and are names', (t) => {
  const files = [
    surrogateMethods,
    gradientMethods,
    neuronMethods,
    thresholdMethods,
    normMethods,
    lossMethods,
  ];
  const names = files.flatMap((file) => Object.keys(file));
  t.deepEqual([...METHOD_NAMES].sort(), [...names].sort());
  t.deepEqual(
    methods.map(({ name }) => name),
    METHOD_NAMES,
  );
  for (const name of names) t.regex(name, /^[a-z][A-Za-z0-9]*$/);
});

test('every method says what it is, where it is from, and what its own preset lacks or why there is none', (t) => {
  for (const { name, title, kind, source, code, ownLacks, note } of methods) {
    t.true(METHOD_KINDS.includes(kind), name);
    const said = [title, source, ownLacks, ...(note === undefined ? [] : [note])];
    if ('read' in code) t.regex(code.read, /^[\w.-]+\/[\w.-]+@[0-9a-f]{7}$/, name);
    else said.push(code.none);
    for (const text of said) t.regex(text, /^\S.{4,}\S$/, name);
    t.regex(ownLacks, /\.$/, `${name}: sentences`);
  }
});

test('preset equal is a valid experiment, and sets the fields of its kind and no other; SGS and LR are off but where they are it', (t) => {
  for (const { name, kind, also, equal } of methods) {
    const allowed = [...FIELDS[kind], ...(also === undefined ? [] : FIELDS[also])];
    const set = fieldsOf(equal).map(([path]) => path);
    t.true(set.length > 0, name);
    t.deepEqual(
      set.filter((path) => !allowed.includes(path)),
      [],
      name,
    );
    const { neuron, lipschitz } = experiment(equal);
    t.is(lipschitz.beta > 0, set.includes('lipschitz.beta'), name);
    t.is(neuron.delta !== 0, set.includes('neuron.delta'), name);
  }
});

test('preset own is a valid experiment with the method in it, and leaves network, data, name and seed alone', (t) => {
  let count = 0;
  for (const { name, equal, own } of methods) {
    if (own === undefined) continue;
    count++;
    experiment(own);
    t.deepEqual(
      Object.keys(own).filter((field) => ['network', 'data', 'name', 'seed'].includes(field)),
      [],
      name,
    );
    const paths = (fragment: ExperimentInput): string[] => fieldsOf(fragment).map(([path]) => path);
    // theirs may have the numbers that are LIF's and our defaults; the fields of the method are there
    t.deepEqual(
      paths(equal).filter((path) => path !== 'neuron.parameters' && !paths(own).includes(path)),
      [],
      name,
    );
  }
  t.true(count >= 10);
});

test('every published accuracy has a network, a source, and is one in percent', (t) => {
  const rows = methods.flatMap(({ name, published }) => published.map((one) => ({ name, ...one })));
  t.true(rows.length > 30);
  for (const { name, network, T, data, accuracy, source } of rows) {
    for (const text of [network, data, source]) t.regex(text, /\S{3,}/, name);
    t.true(T === undefined || (Number.isInteger(T) && T > 0), name);
    t.true(accuracy > 20 && accuracy < 100, name);
  }
});

test('method: by its name; a name that is none is answered with the one that was probably meant', (t) => {
  t.is(method('plif').title, methods.find(({ name }) => name === 'plif')!.title);
  t.throws(() => method('tben'), {
    instanceOf: SettingsError,
    message: /no method is named "tben"; expected one of baseline, .*did you mean "tebn"\?/,
  });
  t.throws(() => method('constructor'), { instanceOf: SettingsError });
});
