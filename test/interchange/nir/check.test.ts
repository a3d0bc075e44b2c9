import test from 'ava';
import { DataError } from '../../../src/errors.js';
import { checkNir } from '../../../src/interchange/nir/check.js';
import { findingText } from '../../../src/interchange/nir/finding.js';
import {
  float32Array,
  int64,
  int64Array,
  type NirGraph,
  type NirNode,
} from '../../../src/interchange/nir/graph.js';
import { readNir } from '../../../src/interchange/nir/read.js';
import { dataFile, testWithData } from '../../helpers/needs.js';
import { conv2dNode, float64, lifNode, nirChain, nirGraph, nirNode } from '../../helpers/nir-graphs.js';

const found = (graph: NirGraph): string[] =>
  checkNir(graph).findings.map((finding) => `${finding.level}: ${findingText(finding)}`);
const errors = (graph: NirGraph): string[] => found(graph).filter((text) => text.startsWith('error'));

test('a sound graph: no findings, and the shapes on both sides of every node', (t) => {
  const graph = nirChain(
    [2, 9, 8],
    [
      conv2dNode(float32Array(new Float32Array(4 * 2 * 3 * 5), [4, 2, 3, 5]), {
        stride: [2, 1],
        padding: [1, 0],
      }),
      lifNode(0.5, 0.5, 1e-3, [4, 5, 4]),
      nirNode('SumPool2d', { kernel_size: [2, 2], stride: [2, 2], padding: [0, 0] }),
      nirNode('Flatten', { start_dim: int64(0), end_dim: int64(-1) }),
      nirNode('Affine', { weight: float64(new Float64Array(48), [3, 16]), bias: [0, 0, 0] }),
    ],
    [3],
  );
  const { findings, shapes, recurrence } = checkNir(graph);
  t.deepEqual([findings, recurrence], [[], []]);
  t.deepEqual(shapes.get('n0'), { takes: [2, 9, 8], gives: [4, 5, 4] }); // kernel height and width each on its axis
  t.deepEqual(shapes.get('n2'), { takes: [4, 5, 4], gives: [4, 2, 2] });
  t.deepEqual(shapes.get('n3'), { takes: [4, 2, 2], gives: [16] });
});

const lif = lifNode(0.5, 0.5, 1e-3, [3]);
const withField = (name: string, value: NirNode['fields'][string] | undefined): NirNode => {
  const { [name]: _, ...rest } = lif.fields;
  return { type: 'LIF', fields: value === undefined ? rest : { ...rest, [name]: value } };
};

test('fields: what is missing, superfluous, of another kind or no number is an error with node and field', (t) => {
  const cases: [node: NirNode, error: RegExp][] = [
    [
      { type: 'MaxPool2d', fields: {} },
      /"n0" has the unknown type "MaxPool2d"; NIR has Input, .*LIF.*, NIRGraph/,
    ],
    [
      withField('tau', undefined),
      /"n0" has no "tau"; LIF needs r, tau, v_leak, v_threshold, v_reset if wanted/,
    ],
    [
      withField('beta', float64([1, 1, 1])),
      /has "beta", which LIF has not; free facts belong under metadata/,
    ],
    [withField('tau', 'long'), /has the word "long" as tau, expected numbers/],
    [withField('tau', float64([1e-3, 0, 1e-3])), /has 0 in tau, expected numbers above 0/],
    [withField('r', float64([1, NaN, 1])), /has a NaN in r/],
    [withField('v_leak', float64([])), /has nothing in v_leak/],
    [
      withField('v_leak', float64([0])),
      /has v_leak of shape \[1\] and r of shape \[3\], expected one value a neuron in both/,
    ],
    [withField('v_reset', float64([0, 0, 0], [3, 1])), /has v_reset of shape \[3, 1\] and r of shape \[3\]/],
    [
      withField('r', { dtype: 'float64', shape: [3], data: Float64Array.of(1) }),
      /has 1 values in r, expected 3/,
    ],
    [
      nirNode('Flatten', { start_dim: float64([0.5], []), end_dim: int64(-1) }),
      /has start_dim \[0.5\], expected whole numbers/,
    ],
  ];
  for (const [node, error] of cases) t.regex(errors(nirChain([3], [node], [3]))[0] ?? '', error);
});

test('structure: edges to nothing, into an Input, out of an Output, no Input, no Output; edges twice are a warning', (t) => {
  const a = nirNode('Input', { shape: [3] });
  const b = nirNode('Output', { shape: [3] });
  const cases: [graph: NirGraph, error: RegExp][] = [
    [
      nirGraph({ a, lif, b }, ['a>lif>b', 'lif>c']),
      /the graph has the edge "lif" → "c", and no node "c"; its nodes are "a", "lif", "b"/,
    ],
    [nirGraph({ a, lif, b }, ['a>lif>b', 'lif>a']), /has the edge "lif" → "a" into an Input/],
    [nirGraph({ a, lif, b }, ['a>lif>b>lif']), /has the edge "b" → "lif" out of an Output/],
    [nirGraph({ lif, b }, ['lif>b']), /the graph has no Input/],
    [nirGraph({ a, lif }, ['a>lif']), /the graph has no Output/],
    [
      nirGraph({ a, lif: nirGraph({ a, a2: a, b }, ['a>b']), b }, ['a>lif>b']),
      /node "lif" has 2 nodes Input, expected one/,
    ],
    [nirGraph({ a, 'x/y': lif, b }, ['a>x/y>b']), /has a node named "x\/y"/],
  ];
  for (const [graph, error] of cases) t.regex(errors(graph)[0] ?? '', error);
  t.deepEqual(found(nirGraph({ a, lif, b, lone: lif }, ['a>lif>b', 'a>lif'])), [
    'warning: the graph has the edge "a" → "lif" more than once: their values add up here, snnTorch takes one, the nir package refuses',
    'warning: node "lone" has no edge to it: it is given zeros',
    'warning: node "lone" has no edge from it: nothing is done with what it gives',
  ]);
});

test('a graph as large as no network is refused before it is walked', (t) => {
  const edges = Array.from({ length: 200_001 }, (): [string, string] => ['a', 'a']);
  t.regex(errors({ type: 'NIRGraph', nodes: new Map(), edges })[0], /200001 edges, the most is/);
});

test('shapes: both ends of every edge must agree; axes of images are counted without a batch', (t) => {
  const weight = float32Array(new Float32Array(2 * 3 * 3), [2, 1, 3, 3]);
  const cases: [graph: NirGraph, error: RegExp][] = [
    [nirChain([12], [lif], [3]), /"n0" takes values of shape \[3\], and node "in" \(Input\) gives it \[12\]/],
    [
      nirChain([3], [lif], [1, 3]),
      /"out" takes values of shape \[1, 3\], and node "n0" \(LIF\) gives it \[3\]/,
    ],
    [
      nirChain([1, 1, 8, 8], [conv2dNode(weight)], [2, 6, 6]),
      /"n0" takes values of shape \[1, 1, 8, 8\], expected 3 axes, channels first and no batch/,
    ],
    [
      nirChain([3, 8, 8], [conv2dNode(weight)], [2, 6, 6]),
      /\[3, 8, 8\], expected 1 channels as its weight has/,
    ],
    [nirChain([1, 2, 8], [conv2dNode(weight)], [2, 1, 6]), /"n0" does not fit: a kernel of 3 over 2 values/],
    [
      nirChain([1, 8, 8], [conv2dNode(weight, { bias: [0] })], [2, 6, 6]),
      /has a bias of shape \[1\], expected \[2\]/,
    ],
    [
      nirChain([1, 8, 8], [conv2dNode(weight, { groups: int64(3) })], [2, 6, 6]),
      /has groups 3, expected a divisor of its 2/,
    ],
    [
      nirChain([1, 8, 8], [conv2dNode(weight, { padding: 'full' })], [2, 6, 6]),
      /has padding "full", expected "same", "valid" or numbers/,
    ],
    [
      nirChain([1, 8, 8], [conv2dNode(weight, { padding: 'same', stride: [2, 2] })], [2, 4, 4]),
      /padding "same" with stride \[2, 2\], expected stride 1/,
    ],
    [
      nirChain([1, 8, 8], [conv2dNode(weight, { stride: [1, 1, 1] })], [2, 6, 6]),
      /has stride \[1,1,1\], expected 2 whole numbers or one/,
    ],
    [
      nirChain([1, 8, 8], [conv2dNode(weight, { input_shape: [1, 8, 8] })], [2, 6, 6]),
      /has input_shape \[1, 8, 8\], expected 2 sizes, without channels/,
    ],
    [
      nirChain([4], [nirNode('Linear', { weight: float64([1, 2, 3, 4]) })], [1]),
      /has a weight of shape \[4\], expected \[out, in\]/,
    ],
    [
      nirChain([2], [nirNode('Affine', { weight: float64([1, 2], [1, 2]), bias: [1, 2] })], [1]),
      /has a bias of shape \[2\], expected \[1\]/,
    ],
    [nirChain([0], [lif], [3]), /"in" takes values of shape \[0\], expected sizes from 1/],
    [
      nirChain([2, 2], [nirNode('Flatten', { start_dim: int64(0), end_dim: int64(2) })], [4]),
      /flattens axes 0 to 2 of values of shape \[2, 2\], which has axes 0 to 1/,
    ],
  ];
  for (const [graph, error] of cases) t.regex(errors(graph).join('\n'), error);
});

test('Flatten written with the batch counted: the message says so, and what to write', (t) => {
  const graph = (start: number): NirGraph =>
    nirChain(
      [2, 3, 4],
      [
        nirNode('Flatten', {
          start_dim: int64(start),
          end_dim: int64(-1),
          input_type: int64Array([2, 3, 4]),
        }),
        nirNode('Linear', { weight: float64(new Float64Array(24), [1, 24]) }),
      ],
      [1],
    );
  t.deepEqual(errors(graph(0)), []);
  t.regex(
    errors(graph(1))[0],
    /"n0" \(Flatten\) gives it \[2, 12\]; its axes 1 to -1 seem to count a batch, which NIR does not: write 0 to -1/,
  );
});

test('loops: through a neuron they are recurrence, with the edge that is a step late; without one they are an error', (t) => {
  const ports = { in: nirNode('Input', { shape: [3] }), out: nirNode('Output', { shape: [3] }) };
  const w = nirNode('Scale', { scale: [1, 1, 1] });
  const recurrent = checkNir(nirGraph({ ...ports, lif, w }, ['in>lif>out', 'lif>w>lif']));
  t.deepEqual(recurrent.findings, []);
  t.deepEqual(
    recurrent.recurrence.map(({ nodes, delayed }) => [nodes.sort(), delayed]),
    [[['lif', 'w'], [['w', 'lif']]]],
  );
  const delay = nirNode('Delay', { delay: [1e-3, 1e-3, 1e-3] });
  t.deepEqual(errors(nirGraph({ ...ports, delay, w }, ['in>w>out', 'w>delay>w'])), []);
  const none = nirNode('Delay', { delay: [1e-3, 0, 1e-3] });
  for (const other of [w, none])
    t.regex(
      errors(nirGraph({ ...ports, w, other }, ['in>w>out', 'w>other>w']))[0],
      /is in a loop without a neuron or a delay \((w, other|other, w)\): what it gives hangs on itself in the same instant/,
    );
});

test('time constants of seconds are warned of: they are steps', (t) => {
  t.deepEqual(found(nirChain([1], [lifNode(0.5, 1, 1)], [1])), [
    'warning: node "n0" has tau of 2 s: NIR counts seconds, and this looks like steps',
  ]);
});

test('what metadata say of how it is run; what makes no sense there is a warning', (t) => {
  const graph = (metadata: NirGraph['metadata']): NirGraph =>
    nirChain([1], [lifNode(0.5, 1, 1e-3)], [1], metadata);
  const stated = checkNir(graph({ dt: float32Array([1e-4], []), reset: 'zero', author: 'somebody' }));
  t.deepEqual([stated.conventions, stated.findings], [{ dt: 1e-4, reset: 'zero' }, []]);
  t.deepEqual(found(graph({ reset: 'hard' })), [
    'warning: the graph has metadata reset: "hard", expected one of zero, value, subtract',
  ]);
});

testWithData('nir-samples/README.md')(
  'public samples: which hold together, and which are refused with what node and reason',
  async (t) => {
    const refused: Record<string, RegExp> = {
      'lif_rockpool.nir':
        /node "output" \(Output\) takes values of shape \[1, 1, 1\], and node "1_LIFNeuronTorch" \(LIF\) gives it \[1\]/,
      'lif_norse-scalar-2023-08.nir':
        /node "lif" \(LIF\) takes values of shape \[\], and node "input" \(Input\) gives it \[1000\]/,
      'scnn_mnist-noshape-2023-10.nir':
        /node "\d+" \((Conv2d|Flatten|SumPool2d)\) takes values of shape \[.*\](, expected| of)/,
      'braille_noDelay_bias_zero_subgraph.nir':
        /node "lif1" \(NIRGraph\) has the edge "input" → "lif", and no node "lif"/,
      'braille_subgraph-shape-2023-10.nir':
        /node "hidden\/lif" \(CubaLIF\) takes values of shape \[38\], and node "hidden\/input" \(Input\) gives it \[12\]/,
      'braille_v2-dangling-2023-10.nir': /the graph has the edge "lif1" → "fc2", and no node "lif1"/,
    };
    for (const [name, message] of Object.entries(refused))
      await t.throwsAsync(readNir(dataFile('nir-samples', name)), { instanceOf: DataError, message });
    for (const name of [
      ...['lif_norse', 'cnn_sinabs', 'braille_noDelay_bias_zero', 'braille_v2a-no-w_in-2023-10'],
      'spyx_braille_noDelay_bias_zero_subgraph',
    ])
      t.deepEqual(checkNir(await readNir(dataFile('nir-samples', `${name}.nir`))).findings, [], name);
  },
);
