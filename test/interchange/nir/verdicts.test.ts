import test from 'ava';
import { experiment } from '../../../src/experiment/experiment.js';
import {
  float32Array,
  int64,
  int64Array,
  type NirGraph,
  type NirNode,
} from '../../../src/interchange/nir/graph.js';
import { type NirOptions, toNir } from '../../../src/interchange/nir/to-graph.js';
import { type NirVerdict, nirVerdicts } from '../../../src/interchange/nir/verdicts.js';
import { convNet, resnet19 } from '../../../src/network/architectures.js';
import type { Network } from '../../../src/network/layers.js';
import { weightsOf } from '../../helpers/networks.js';

const conv = convNet({ classes: 3, width: 1 / 8, size: 8, convolutions: 2 });
const resnet = resnet19({ classes: 3, width: 1 / 64, size: 8 });

/** Verdicts by the first word of the program. */
const shortOf = (graph: NirGraph): Record<string, NirVerdict> =>
  Object.fromEntries(nirVerdicts(graph).map(({ importer, verdict }) => [importer.split(' ')[0], verdict]));
const ofNetwork = (network: Network, options: NirOptions = {}, neuron = {}): Record<string, NirVerdict> =>
  shortOf(toNir(network, weightsOf(network, 1), experiment({ neuron }), options));
const reasonsOf = (graph: NirGraph, program: string): string[] =>
  nirVerdicts(graph).find(({ importer }) => importer.startsWith(program))!.reasons;

/** Verdicts as they were found by running the programs (nir, Norse, snnTorch, Sinabs), else by reading them. */
test('verdicts: convNet by profile and vocabulary', (t) => {
  const others = { nir: 'exact', Sinabs: 'refused', Spyx: 'differs', Rockpool: 'refused' } as const;
  const found = (options: NirOptions, neuron = {}): Partial<Record<string, NirVerdict>> => {
    const verdicts: Partial<Record<string, NirVerdict>> = ofNetwork(conv, options, neuron);
    for (const [program, verdict] of Object.entries(others)) {
      t.is(verdicts[program], program === 'Sinabs' && 'tau' in neuron ? 'differs' : verdict, program);
      delete verdicts[program];
    }
    return verdicts;
  };
  const euler = { forward: 'exact', SpikingJelly: 'differs' };
  t.deepEqual(found({}), { ...euler, Norse: 'exact', snnTorch: 'exact' } as never);
  t.deepEqual(found({ profile: 'ode' }), { ...euler, Norse: 'differs', snnTorch: 'exact' } as never);
  t.deepEqual(found({ profile: 'gain-1' }), { ...euler, Norse: 'differs', snnTorch: 'exact' } as never);
  t.deepEqual(found({ dt: 1e-3 }), { ...euler, Norse: 'exact', snnTorch: 'differs' } as never);
  t.deepEqual(found({ vocabulary: 'plain' }), { ...euler, Norse: 'refused', snnTorch: 'refused' } as never);
  t.deepEqual(found({}, { tau: 1 }), { ...euler, Norse: 'exact', snnTorch: 'refused' } as never);
  t.deepEqual(found({ profile: 'sinabs' }, { reset: 'soft' }), {
    forward: 'differs',
    SpikingJelly: 'refused',
    Norse: 'differs',
    snnTorch: 'differs',
  } as never);
});

test('verdicts: branches that nirtorch.load runs too late are named, those that it does not are not', (t) => {
  t.deepEqual(reasonsOf(toNir(resnet, weightsOf(resnet, 1), experiment()), 'Norse'), [
    'runs block1_lif2 before one of the branches that it adds (nirtorch.load); nirtorch.nir_to_torch does not',
  ]);
  t.is(ofNetwork(resnet).snnTorch, 'exact');
  const nodes = (names: string[]): NirGraph['nodes'] =>
    new Map(names.map((name) => [name, { type: name === 'input' ? 'Input' : 'Linear', fields: {} }]));
  const diamond = (...edges: [string, string][]): NirGraph => ({
    ...{ type: 'NIRGraph', nodes: nodes(['input', 'a', 'b', 'end']), edges },
  });
  // The long way first: all is there when it ends. The short way first: the end runs without `b`.
  const long: [string, string][] = [
    ['a', 'b'],
    ['b', 'end'],
  ];
  t.is(shortOf(diamond(['input', 'a'], ...long, ['a', 'end'])).Norse, 'exact');
  t.is(shortOf(diamond(['input', 'a'], ['a', 'end'], ...long)).Norse, 'differs');
  t.is(shortOf(diamond(['input', 'a'], ['input', 'b'], ['a', 'end'], ['b', 'end'])).Norse, 'differs');
});

const population = (values: number[], shape = [values.length]) => float32Array(values, shape);
const lif = (changed: NirNode['fields'] = {}, type = 'LIF'): NirGraph => ({
  type: 'NIRGraph',
  nodes: new Map<string, NirNode>([
    ['input', { type: 'Input', fields: { shape: int64Array([2]) } }],
    [
      'n',
      {
        type,
        fields: {
          ...(type === 'LIF' && { tau: population([1, 1]), v_leak: population([0, 0]) }),
          ...{ r: population([1, 1]), v_threshold: population([1, 1]), ...changed },
        },
      },
    ],
  ]),
  edges: [['input', 'n']],
});

test('verdicts: one neuron of foreign make, each field that a program takes otherwise', (t) => {
  const verdict = (graph: NirGraph, program: string, wanted: NirVerdict, reason: RegExp): void => {
    t.is(shortOf(graph)[program], wanted, program);
    t.regex(reasonsOf(graph, program).join('; '), reason);
  };
  t.deepEqual(reasonsOf(lif(), 'Norse'), ['from_nir(graph, dt) needs the dt that is not in the file']);
  t.is(shortOf(lif()).snnTorch, 'exact');
  verdict(lif({ r: population([1, 2]) }), 'Norse', 'differs', /^ignores r, which is not 1: n$/);
  verdict(lif({ r: population([1, 2]) }), 'snnTorch', 'refused', /^r\/tau must be equal: n$/);
  verdict(lif({ v_threshold: population([1, 2]) }), 'snnTorch', 'refused', /^thresholds must be equal: n$/);
  verdict(lif({ v_leak: population([0, 1]) }), 'snnTorch', 'refused', /^v_leak must be 0: n$/);
  for (const program of ['Norse', 'snnTorch'])
    verdict(lif({ v_reset: population([0, -1]) }), program, 'differs', /^resets to 0 and not to v_reset: n$/);
  verdict(lif({}, 'IF'), 'snnTorch', 'differs', /leak, beta = 0\.9$/);
  verdict(lif({ r: population([2, 2]) }, 'IF'), 'snnTorch', 'refused', /^r of IF must be 1: n$/);
  verdict({ ...lif({}, 'IF'), metadata: { dt: population([0.5], []) } }, 'Norse', 'differs', /r·dt = 1/);
  verdict(lif({}, 'IF'), 'Sinabs', 'differs', /keeps potentials above −threshold/);
  verdict(lif(), 'Sinabs', 'differs', /^subtracts .*; decays by exp\(−1\/tau\)/);
  verdict(lif({ v_leak: population([0, 0], [1, 2]) }), 'Sinabs', 'refused', /several axes/);
  verdict(lif(), 'Rockpool', 'refused', /^asks LIF for tau_mem/);
  verdict(lif({}, 'CubaLIF'), 'Rockpool', 'differs', /least of tau/);
  verdict(lif({}, 'CubaLIF'), 'Norse', 'differs', /new current/);
  verdict(lif({ r: population([3, 3]) }), 'SpikingJelly', 'refused', /^r must be 1 or tau\/dt: n$/);
  verdict(lif({}, 'Scale'), 'Norse', 'refused', /^has no Scale \(n\)$/);
  verdict(lif({}, 'Scale'), 'Spyx', 'differs', /^leaves out Scale \(n\)$/);
});

test('verdicts: convolutions and edges that the official reader takes for others', (t) => {
  const convolution = (fields: NirNode['fields']): NirGraph => ({
    ...{ type: 'NIRGraph', edges: [] },
    nodes: new Map([
      ['c', { type: 'Conv2d', fields: { weight: float32Array([1, 2], [1, 1, 1, 2]), ...fields } }],
    ]),
  });
  const wide = nirVerdicts(convolution({ groups: int64(1) }))[0];
  t.deepEqual([wide.verdict, wide.reasons], ['refused', ['takes kernels for as wide as they are high: c']]);
  t.is(nirVerdicts(convolution({ padding: 'same' }))[0].verdict, 'exact');
  const square = { weight: float32Array([1, 2, 3, 4], [1, 1, 2, 2]), groups: int64(2) };
  t.is(nirVerdicts(convolution(square))[0].verdict, 'exact');
  t.is(nirVerdicts(convolution({ ...square, input_shape: int64Array([2, 2]) }))[0].verdict, 'refused');
  for (const program of ['Norse', 'snnTorch', 'Sinabs'])
    t.is(shortOf(convolution(square))[program], 'refused', program);
  const twice = lif();
  twice.edges.push(['input', 'n']);
  t.deepEqual(nirVerdicts(twice)[0].reasons, ['an edge stands there twice']);
});

test('verdicts: a graph within is not judged, but read', (t) => {
  const graph = lif();
  graph.nodes.set('sub', lif());
  const [reading, ...others] = nirVerdicts(graph);
  t.is(reading.verdict, 'exact');
  t.true(others.every(({ verdict }) => verdict !== 'exact'));
  t.true(reasonsOf(graph, 'forward').includes('graphs within the graph are not judged: sub'));
});
