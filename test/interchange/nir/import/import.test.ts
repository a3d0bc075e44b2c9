import test from 'ava';
import { openEngine } from '../../../../src/engines/open.js';
import { SettingsError, UnsupportedError } from '../../../../src/errors.js';
import { experiment } from '../../../../src/experiment/experiment.js';
import type { NirConventions } from '../../../../src/interchange/nir/conventions.js';
import { int64, type NirGraph, type NirNode } from '../../../../src/interchange/nir/graph.js';
import { type ImportedNetwork, importNir } from '../../../../src/interchange/nir/import/import.js';
import { readNir } from '../../../../src/interchange/nir/read.js';
import { runNir } from '../../../../src/interchange/nir/run.js';
import { NIR_PROFILES } from '../../../../src/interchange/nir/profiles.js';
import { type NirOptions, toNir } from '../../../../src/interchange/nir/to-graph.js';
import { convNet, resnet19, vggsnn } from '../../../../src/network/architectures.js';
import type { Layer, Network } from '../../../../src/network/layers.js';
import { sizeOf, type TensorMap } from '../../../../src/network/parameters.js';
import { stream } from '../../../../src/random.js';
import { dataFile, testWithData } from '../../../helpers/needs.js';
import { weightsOf } from '../../../helpers/networks.js';
import { conv2dNode, float64, lifNode, nirChain, nirGraph, nirNode } from '../../../helpers/nir-graphs.js';

const plain = await openEngine({ engine: 'plain' });
const EULER: NirConventions = { dt: 2 ** -10, integration: 'euler', reset: 'zero', comparison: '>' };
const STEPS = 4;

const settingsOf = (neuron: ImportedNetwork['neuron'], steps = STEPS): ReturnType<typeof experiment> =>
  experiment({ network: { architecture: 'convNet' }, data: { name: 'cifar10' }, steps, neuron });

const normals = (count: number, name: string): Float64Array =>
  Float64Array.from(
    { length: count },
    (
      (random) => () =>
        random.normal()
    )(stream(5, 'probe', 'nir import', name)),
  );

/** Logits of one image, by an engine. */
async function logitsOf(
  { network, weights, neuron }: ImportedNetwork,
  image: Float32Array,
  engine = plain,
  steps = STEPS,
): Promise<number[]> {
  const model = engine.createModel(network, settingsOf(neuron, steps), weights);
  const { logits } = await model.evaluate({
    x: image,
    shape: [1, ...network.input],
    labels: new Int32Array(1),
  });
  model.dispose();
  return [...logits];
}

/** Channels last, as ours go. */
function channelsLast(image: ArrayLike<number>, [channels, height = 1, width = 1]: number[]): Float32Array {
  const pixels = height * width;
  return Float32Array.from(
    { length: image.length },
    (_, i) => image[(i % channels) * pixels + Math.floor(i / channels)],
  );
}

/** The largest difference between the mean output of the simulator and the logits here; and whether some of it is not 0. */
async function distance(graph: NirGraph, shape: number[], given: NirConventions): Promise<[number, boolean]> {
  const image = Float64Array.from(normals(sizeOf(shape), 'image'), (x) => Math.fround(x + 0.5));
  const { output } = runNir(graph, Array<Float64Array>(STEPS).fill(image), given);
  const mean = [...output[0]].map((_, i) => output.reduce((sum, one) => sum + one[i], 0) / STEPS);
  const ours = await logitsOf(importNir(graph, given), channelsLast(image, shape));
  return [Math.max(...ours.map((value, i) => Math.abs(value - mean[i]))), mean.some((value) => value !== 0)];
}

const nets: Network[] = [
  convNet({ classes: 4, width: 1 / 8, size: 16 }),
  vggsnn({ classes: 4, width: 1 / 32, size: 16, inChannels: 2 }),
  resnet19({ classes: 4, width: 1 / 32, size: 8 }),
];

/** Kinds of layers, without what is folded or flattened on the way; an average over one block is one over all. */
const typesOf = (layers: Layer[]): unknown[] =>
  layers
    .filter(({ type }) => type !== 'batchNorm' && type !== 'flatten')
    .map((layer) =>
      layer.type === 'residual'
        ? [typesOf(layer.body), typesOf(layer.shortcut)]
        : layer.type.replace('globalAvg', 'avg'),
    );

for (const network of nets)
  test(`${network.name}: exported and imported again, logits within 1e-6, folded against not folded, in every profile`, async (t) => {
    const weights: TensorMap = weightsOf(network, 1);
    const image = Float32Array.from(normals(sizeOf(network.input), 'x'), (x) => x + 0.5);
    const forms: NirOptions[] = [
      { vocabulary: 'conv' },
      { vocabulary: 'plain' },
      { vocabulary: 'plain', pool: 'sum' },
    ];
    for (const [i, profile] of NIR_PROFILES.entries()) {
      const neuron = {
        tau: [0.5, 0.25, 0.9][i % 3],
        theta: 0.3,
        reset: profile === 'sinabs' ? 'soft' : 'hard',
      } as const;
      const expected = await logitsOf({ network, weights, neuron }, image);
      for (const form of forms) {
        const imported = importNir(toNir(network, weights, settingsOf(neuron), { profile, ...form }));
        t.deepEqual([imported.neuron, imported.steps], [neuron, STEPS]);
        t.deepEqual(imported.network.input, network.input);
        t.deepEqual(typesOf(imported.network.layers), typesOf(network.layers), 'pools come back as pools');
        const found = await logitsOf(imported, image);
        found.forEach((value, k) =>
          t.true(Math.abs(value - expected[k]) <= 1e-6, `${profile} ${JSON.stringify(form)}`),
        );
      }
      t.true(new Set(expected).size > 1);
    }
  });

/** A row of everything that has a counterpart, with factors everywhere. */
function everything(): NirGraph {
  const perChannel = (values: number[], each: number): number[] =>
    values.flatMap((value) => Array<number>(each).fill(value));
  const population = (channels: number, size: number, r: number[], theta: number[]): NirNode => {
    const shape = [channels, size, size];
    const of = (values: number[]): ReturnType<typeof float64> =>
      float64(perChannel(values, size * size), shape);
    const one = (value: number): ReturnType<typeof float64> => of(Array<number>(channels).fill(value));
    return nirNode('LIF', {
      tau: one(2 ** -8),
      r: of(r),
      v_leak: one(0),
      v_threshold: of(theta),
      v_reset: one(0),
    });
  };
  const random = (name: string, shape: number[]): ReturnType<typeof float64> =>
    float64(
      normals(sizeOf(shape), name).map((x) => Math.fround(x)),
      shape,
    );
  return nirGraph(
    {
      0: nirNode('Input', { shape: [2, 8, 8] }),
      1: conv2dNode(random('1', [4, 1, 3, 3]), {
        groups: int64(2),
        stride: [2, 2],
        padding: [1, 1],
        bias: [0.5, -0.25, 0, 0.125],
      }),
      2: population(4, 4, [2, 4, 8, 2], [1, 1, 2, 0.5]),
      constructor: nirNode('Scale', { scale: float64(perChannel([2, 0.5, 1, 4], 16), [4, 4, 4]) }),
      '3 4': conv2dNode(random('3', [4, 4, 3, 3]), { padding: 'same' }),
      5: population(4, 4, [4, 2, 2, 4], [0.5, 0.5, 1, 0.5]),
      6: nirNode('SumPool2d', { kernel_size: [2, 2], stride: [2, 2], padding: [0, 0] }),
      7: nirNode('Flatten', { start_dim: int64(0), end_dim: int64(-1) }),
      8: nirNode('Affine', { weight: random('8', [3, 16]), bias: [0.25, 0.5, -1] }),
      9: nirNode('Output', { shape: [3] }),
    },
    // the values of 2 go around two nodes, and meet what comes of them before 5
    ['0>1>2>constructor>3 4>5>6>7>8>9', '2>5'],
  );
}

test('groups, strides, factors by channel in r, thresholds, scalings and sums, a shortcut, Flatten: logits of the simulator within 1e-6', async (t) => {
  for (const given of [
    EULER,
    { ...EULER, reset: 'subtract' },
    { ...EULER, integration: 'exponential', dt: 2 ** -9 },
  ] as const) {
    const [worst, fires] = await distance(everything(), [2, 8, 8], given);
    t.true(worst <= 1e-6 && fires, `${JSON.stringify(given)}: ${worst}`);
  }
  const { network } = importNir(everything(), EULER);
  t.deepEqual(
    network.layers.map(({ type }) => type),
    ['conv2d', 'lif', 'residual', 'lif', 'avgPool2d', 'flatten', 'linear'],
  );
});

test('IF becomes a decay of 1; a graph within a graph, values without axes of an image, several shortcuts', async (t) => {
  const w = (name: string): NirNode =>
    nirNode('Linear', {
      weight: float64(
        normals(9, name).map((x) => Math.fround(x)),
        [3, 3],
      ),
    });
  const fire = nirNode('IF', { r: [1024, 2048, 1024], v_threshold: [1, 1, 1] });
  const ports = { in: nirNode('Input', { shape: [3] }), out: nirNode('Output', { shape: [3] }) };
  const inner = nirGraph({ ...ports, w: w('a'), fire }, ['in>w>fire>out']);
  const graph = nirGraph({ ...ports, inner, b: w('b'), c: w('c'), end: fire, last: w('d') }, [
    'in>inner>b>end>last>out',
    ...['inner>c>end', 'inner>end'],
  ]);
  const [worst, fires] = await distance(graph, [3], EULER);
  t.true(worst <= 1e-6 && fires, String(worst));
  t.is(importNir(graph, EULER).neuron.tau, 1);
});

test('decay and threshold are the shortest decimals that the file can mean', (t) => {
  for (const [decay, theta] of [
    [0.5, 0.5],
    [0.25, 1],
    [0.9, 0.3],
    [0.123, 0.7],
  ]) {
    const graph = nirChain(
      [2],
      [nirNode('Linear', { weight: float64([1, 2, 3, 4], [2, 2]) }), lifNode(decay, theta, 1e-4, [2])],
      [2],
    );
    const fields = (graph.nodes.get('n1') as NirNode).fields;
    for (const [name, field] of Object.entries(fields))
      if (typeof field !== 'string')
        fields[name] = { ...field, dtype: 'float32', data: Float32Array.from(field.data as Float64Array) };
    const imported = importNir(graph, { ...EULER, dt: 1e-4 });
    t.deepEqual(imported.neuron, { tau: decay, theta, reset: 'hard' });
    t.deepEqual(
      imported.weights['n0.weight'].data,
      Float32Array.of(1, 2, 3, 4),
      'r·dt/τ is 1 but for rounding',
    );
    fields.v_threshold = float64([theta, 2 * theta]);
    const halved = importNir(graph, { ...EULER, dt: 1e-4 }).weights['n0.weight'].data;
    t.deepEqual(
      halved,
      Float32Array.of(1, 2, 1.5, 2),
      'twice the threshold halves the weights, and those alone',
    );
  }
});

test('every engine computes the same from it, and it can be trained on: the loss falls', async (t) => {
  const imported = importNir(everything(), EULER);
  const image = Float32Array.from(normals(128, 'engine'));
  const expected = await logitsOf(imported, image);
  for (const engine of [
    await openEngine({ engine: 'event', threads: 1 }),
    await openEngine({ engine: 'tfjs', backend: 'cpu' }),
  ])
    for (const [i, value] of (await logitsOf(imported, image, engine)).entries())
      t.true(Math.abs(value - expected[i]) <= 1e-5, engine.description);
  const model = plain.createModel(imported.network, settingsOf(imported.neuron), imported.weights);
  const batch = {
    x: image,
    shape: [1, ...imported.network.input] as [number, number, number, number],
    labels: Int32Array.of(1),
  };
  const losses = [];
  for (let i = 0; i < 5; i++) losses.push((await model.trainStep(batch, 0.01)).loss);
  t.true(losses[4] < losses[0], String(losses));
  model.dispose();
});

test('what has no counterpart is refused with the node, its type and the simulator', (t) => {
  const lif = lifNode(0.5, 0.5, 2 ** -10, [3]);
  const w = nirNode('Linear', { weight: float64(new Float64Array(9).fill(1), [3, 3]) });
  const changed = (name: string, values: number[]): NirNode => ({
    type: 'LIF',
    fields: { ...lif.fields, [name]: float64(values) },
  });
  const ports = { in: nirNode('Input', { shape: [3] }), out: nirNode('Output', { shape: [3] }) };
  const image = (node: NirNode, out: number[]): NirGraph =>
    nirChain([1, 6, 6], [node, lifNode(0.5, 0.5, 2 ** -10, out)], out);
  const kernel = (h: number, wd: number): ReturnType<typeof float64> =>
    float64(new Float64Array(2 * h * wd).fill(1), [2, 1, h, wd]);
  const cases: [graph: NirGraph, message: RegExp][] = [
    [
      nirChain([3], [nirNode('I', { r: [1, 1, 1] })], [3]),
      /node "n0" \(I\) has no counterpart in a network of ours; runNir simulates/,
    ],
    [nirChain([3], [nirNode('Delay', { delay: [0, 0, 0] })], [3]), /"n0" \(Delay\) has no counterpart/],
    [nirGraph({ ...ports, lif, w }, ['in>lif>out', 'lif>w>lif']), /\((LIF|Linear)\) is in a loop/],
    [nirGraph({ ...ports, two: ports.out, lif }, ['in>lif>out', 'lif>two']), /1 Inputs and 2 Outputs/],
    [nirChain([3], [w], [3]), /the graph has neither LIF nor IF/],
    [nirChain([3], [w, changed('v_leak', [0, 0, 1])], [3]), /"n1" \(LIF\) has a v_leak other than 0/],
    [nirChain([3], [w, changed('v_threshold', [1, 0, 1])], [3]), /has a v_threshold that is not above 0/],
    [
      nirChain([3], [w, changed('tau', [2 ** -9, 2 ** -8, 2 ** -9])], [3]),
      /decays to 0.75 in a step, and node "n1" to 0.5/,
    ],
    [nirGraph({ ...ports, lif, w }, ['in>w>lif>out', 'w>lif']), /node "w" \(Linear\) has two edges to "lif"/],
    [nirGraph({ ...ports, lif, w, x: w }, ['in>w>lif>out', 'in>x']), /node "x" \(Linear\) leads nowhere/],
    [
      nirGraph({ ...ports, lif, a: w, b: w, c: lif, d: lif }, ['in>a>c>lif>out', 'in>b>d>lif', 'b>c']),
      /"(c|d)" \(LIF\) sums what comes from branches/,
    ],
    [
      image(conv2dNode(kernel(3, 2)), [2, 4, 5]),
      /"n0" \(Conv2d\) has a kernel, stride or padding that is not the same/,
    ],
    [image(conv2dNode(kernel(3, 3), { dilation: [2, 2] }), [2, 2, 2]), /has a dilation/],
    [
      image(nirNode('AvgPool2d', { kernel_size: [3, 3], stride: [1, 1], padding: [0, 0] }), [1, 4, 4]),
      /has blocks that overlap/,
    ],
    [
      image(nirNode('Flatten', { start_dim: int64(1), end_dim: int64(2) }), [1, 36]),
      /gives values of shape \[1, 36\], and ours flattens all/,
    ],
    [
      image(nirNode('Scale', { scale: float64(normals(36, 's'), [1, 6, 6]) }), [1, 6, 6]),
      /scales values of a channel differently/,
    ],
    [
      nirChain(
        [2, 3],
        [nirNode('Scale', { scale: float64([1, 1, 1, 1, 1, 1], [2, 3]) }), lifNode(0.5, 1, 2 ** -10, [2, 3])],
        [2, 3],
      ),
      /"in" \(Input\) has shape \[2, 3\]/,
    ],
  ];
  for (const [graph, message] of cases)
    t.throws(() => importNir(graph, EULER), { instanceOf: UnsupportedError, message });
  t.throws(() => importNir(nirChain([3], [w, lif], [3]), { ...EULER, comparison: '>=' }), {
    instanceOf: UnsupportedError,
    message: /fires at the threshold \(>=\)/,
  });
  t.throws(
    () => importNir(nirChain([3], [w, changed('v_reset', [0, 0.5, 0])], [3]), { ...EULER, reset: 'value' }),
    { instanceOf: UnsupportedError, message: /has a v_reset other than 0/ },
  );
  t.throws(() => importNir(nirChain([3], [w, lif], [3]), { ...EULER, dt: 1 }), {
    instanceOf: UnsupportedError,
    message: /dt 1 s is above a time constant/,
  });
  t.throws(() => importNir(nirChain([3], [w, lif], [3]), { dt: 1e-3 }), {
    instanceOf: SettingsError,
    message: /give integration/,
  });
  t.throws(() => importNir(nirChain([4], [w, lif], [3]), EULER), {
    instanceOf: SettingsError,
    message: /takes values of shape \[3\]/,
  });
});

testWithData('nir-samples/cnn_sinabs.nir')(
  "a network of Sinabs': logits of the simulator within 1e-6",
  async (t) => {
    const graph = await readNir(dataFile('nir-samples/cnn_sinabs.nir'));
    const [worst, fires] = await distance(graph, [2, 34, 34], { dt: 1, reset: 'subtract', comparison: '>' });
    t.true(worst <= 1e-6 && fires, String(worst));
  },
);
