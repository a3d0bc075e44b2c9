// L1 of the conformance levels: one neuron, one layer, one loop, against traces of other simulators, against sums written
// down here, and against our own neuron.
import { readFileSync } from 'node:fs';
import test from 'ava';
import { SettingsError } from '../../../src/errors.js';
import type { NirConventions } from '../../../src/interchange/nir/conventions.js';
import {
  float32Array,
  int64,
  int64Array,
  type NirGraph,
  type NirNode,
} from '../../../src/interchange/nir/graph.js';
import { readNir } from '../../../src/interchange/nir/read.js';
import { runNir } from '../../../src/interchange/nir/run.js';
import { defaultNeuron, lifTrace } from '../../../src/neurons/lif.js';
import { stream } from '../../../src/random.js';
import { dataFile, testWithData } from '../../helpers/needs.js';
import { conv2dNode, float64, lifNode, nirChain, nirGraph, nirNode } from '../../helpers/nir-graphs.js';

const EULER: NirConventions = { dt: 1e-3, integration: 'euler', reset: 'value', comparison: '>' };
const flat = (values: Float64Array[]): number[] => values.flatMap((one) => [...one]);
const normals = (count: number, name: string): Float64Array =>
  Float64Array.from(
    { length: count },
    (
      (random) => () =>
        random.normal()
    )(stream(3, 'probe', 'nir', name)),
  );

const folder = 'data/conformance/norse';
const traceOf = (name: string): number[][] =>
  readFileSync(`${folder}/lif_${name}.csv`, 'utf8')
    .trim()
    .split('\n')
    .map((line) => line.split(',').map(Number));

test("Norse's neuron: spikes at 460, 510, 710, 760, potentials within 2.5e-8 of Norse, 4e-8 of Lava a step later, 1e-6 of snnTorch", async (t) => {
  const graph = await readNir(`${folder}/lif_norse.nir`);
  const rows = traceOf('norse');
  const { output, traces } = runNir(
    graph,
    rows.map(([x]) => [x]),
    { ...EULER, dt: 1e-4, record: ['1'] },
  );
  t.deepEqual(
    output.flatMap(([spike], i) => (spike === 1 ? [i] : [])),
    [460, 510, 710, 760],
  );
  const u = flat(traces['1'].u!);
  const distance = (name: string, lag: number, gain: number): number =>
    Math.max(
      ...traceOf(name)
        .slice(lag)
        .map(([, v], i) => Math.abs(u[i] * gain - v)),
    );
  t.true(distance('norse', 0, 1) <= 2.5e-8);
  t.true(distance('lava_cpu_float', 1, 1) <= 4e-8);
  t.true(distance('snntorch', 0, 25) <= 1e-6);
  t.true(distance('norse', 1, 1) > 1e-2, 'a step matters');
});

test('the eight steps of our neuron, τ = θ = 0.5: potentials, spikes and resets exactly', (t) => {
  const x = [0.3, 0.4, 0.1, 0.6, -0.2, 0.55, 0.26, 0.5];
  const graph = nirChain([1], [lifNode(0.5, 0.5, 2 ** -10)], [1]);
  const { output, traces } = runNir(
    graph,
    x.map((one) => [one]),
    { ...EULER, dt: 2 ** -10, record: ['n0'] },
  );
  const ours = lifTrace(x, defaultNeuron);
  t.deepEqual(
    flat(output),
    ours.map(({ o }) => o),
  );
  t.deepEqual(flat(output), [0, 1, 0, 1, 0, 0, 0, 1]);
  for (const [i, { v, u }] of ours.entries()) {
    t.true(Math.abs(traces.n0.v![i][0] - v) <= 1e-15, `v ${i}`);
    t.true(Math.abs(traces.n0.u![i][0] - u) <= 1e-15, `u ${i}`);
  }
});

test('τ = 0 forgets, IF (τ = 1) sums up, in both integrations the same IF', (t) => {
  const forget = nirChain([1], [nirNode('LIF', { tau: [0.5], r: [1], v_leak: [0], v_threshold: [9] })], [1]);
  const run = (graph: NirGraph, given: NirConventions): number[] =>
    flat(runNir(graph, [[1], [2], [4]], { ...given, dt: 0.5, record: ['n0'] }).traces.n0.v!);
  t.deepEqual(run(forget, EULER), [1, 2, 4]);
  const sum = nirChain([1], [nirNode('IF', { r: [2], v_threshold: [9] })], [1]);
  for (const integration of ['euler', 'exponential'] as const)
    t.deepEqual(run(sum, { ...EULER, integration }), [1, 3, 7]);
});

test('a potential exactly at the threshold: silent under >, a spike under >=; so in Threshold', (t) => {
  for (const node of [
    nirNode('IF', { r: [1], v_threshold: [2] }),
    nirNode('Threshold', { threshold: [2] }),
  ]) {
    const graph = nirChain([1], [node], [1]);
    const spikes = (comparison: '>' | '>='): number[] =>
      flat(runNir(graph, [[2], [0]], { ...EULER, dt: 1, comparison, reset: 'zero' }).output);
    t.deepEqual(
      [spikes('>'), spikes('>=')],
      [
        [0, 0],
        [1, 0],
      ],
      node.type,
    );
  }
});

test('resets: to zero, to v_reset (0 where absent), less by the threshold', (t) => {
  const neuron = (more: Record<string, number[]>): NirGraph =>
    nirChain([1], [nirNode('IF', { r: [1], v_threshold: [1], ...more })], [1]);
  const after = (graph: NirGraph, reset: NirConventions['reset']): number[] =>
    flat(runNir(graph, [[1.75], [0]], { ...EULER, dt: 1, reset, record: ['n0'] }).traces.n0.u!);
  t.deepEqual(after(neuron({ v_reset: [0.25] }), 'value'), [0.25, 0.25]);
  t.deepEqual(after(neuron({ v_reset: [0.25] }), 'zero'), [0, 0]);
  t.deepEqual(after(neuron({}), 'value'), [0, 0]);
  t.deepEqual(after(neuron({ v_reset: [0.25] }), 'subtract'), [0.75, 0.75]);
});

test('LI: the exponential step is the solution of its equation to 1e-14, Euler is between 0.1 and 1 % off at dt = τ/50', (t) => {
  const [tau, r, leak, current] = [0.02, 3, -0.4, 0.7];
  const graph = nirChain([1], [nirNode('LI', { tau: [tau], r: [r], v_leak: [leak] })], [1]);
  const run = (integration: 'euler' | 'exponential'): number =>
    runNir(graph, Array(50).fill([current]) as number[][], { dt: tau / 50, integration }).output.at(-1)![0];
  const exact = (leak + r * current) * (1 - Math.exp(-1));
  t.true(Math.abs(run('exponential') - exact) <= 1e-14);
  const error = Math.abs(run('euler') / exact - 1);
  t.true(error > 1e-3 && error < 1e-2, String(error));
});

test('I: its potential is the time integral of its input', (t) => {
  const graph = nirChain([2], [nirNode('I', { r: [1, 2] })], [2]);
  t.deepEqual(
    flat(
      runNir(
        graph,
        [
          [1, 1],
          [0, 3],
        ],
        { dt: 0.5 },
      ).output,
    ),
    [0.5, 1, 0.5, 4],
  );
});

test('CubaLI and CubaLIF by hand: the potential sees the current of this step or of the one before', (t) => {
  const fields = { tau_syn: [2], tau_mem: [4], r: [3], v_leak: [1] };
  const run = (type: string, more: Record<string, number[]>, synapse: 'new' | 'previous'): number[] => {
    const graph = nirChain([1], [nirNode(type, { ...fields, ...more })], [1]);
    return flat(
      runNir(graph, [[4], [0], [0]], { ...EULER, dt: 1, reset: 'zero', synapse, record: ['n0'] }).traces.n0
        .v!,
    );
  };
  // I = 2, 1, 0.5 (w_in 1); v += 0.25·(1 − v + 3 I)
  t.deepEqual(run('CubaLI', {}, 'new'), [1.75, 2.3125, 2.359375]);
  t.deepEqual(run('CubaLI', {}, 'previous'), [0.25, 1.9375, 2.453125]);
  // w_in doubles the current; it fires above 3 and is 0 again
  t.deepEqual(run('CubaLIF', { w_in: [2], v_threshold: [3] }, 'new'), [3.25, 1.75, 2.3125]);
  t.deepEqual(run('CubaLI', { w_in: [2] }, 'new'), [3.25, 4.1875, 4.140625]);
  t.deepEqual(
    runNir(nirChain([1], [nirNode('CubaLI', fields)], [1]), [[4]], {
      dt: 1,
      integration: 'exponential',
      synapse: 'new',
    }).output[0][0],
    -Math.expm1(-1 / 4) * (1 + 3 * 4 * -Math.expm1(-1 / 2)),
  );
});

test('w_in of one number stands for all neurons', (t) => {
  const two = { tau_syn: [1, 1], tau_mem: [1, 1], r: [1, 1], v_leak: [0, 0] };
  const graph = nirChain([2], [nirNode('CubaLI', { ...two, w_in: float64([3], []) })], [2]);
  t.deepEqual(flat(runNir(graph, [[1, 2]], { dt: 1, integration: 'euler', synapse: 'new' }).output), [3, 6]);
});

test('Delay: every value its own number of steps; what is no whole number of steps is refused with the node', (t) => {
  const delayed = (delay: number[], dt: number): number[] =>
    flat(
      runNir(
        nirChain([3], [nirNode('Delay', { delay: float32Array(delay) })], [3]),
        [
          [1, 2, 3],
          [4, 5, 6],
          [7, 8, 9],
        ],
        { dt },
      ).output,
    );
  t.deepEqual(delayed([0, 1e-3, 2e-3], 1e-3), [1, 0, 0, 4, 2, 0, 7, 5, 3]);
  t.throws(() => delayed([0, 1.5e-3, 0], 1e-3), {
    instanceOf: SettingsError,
    message:
      /node "n0" \(Delay\) has a delay of .* which is 1\.5\d* steps of 0\.001 s, expected a whole number; take another dt/,
  });
  t.throws(() => delayed([0, -1, 0], 1e-3), { instanceOf: SettingsError, message: /expected 0 to/ });
});

test('Affine, Linear, Scale by hand; a weight of more axes has a matrix for each place', (t) => {
  const once = (node: NirNode, input: number[], shapeIn: number[], shapeOut: number[]): number[] =>
    flat(runNir(nirChain(shapeIn, [node], shapeOut), [input]).output);
  const weight = float64([1, 2, 3, 4, 5, 6], [2, 3]);
  t.deepEqual(once(nirNode('Affine', { weight, bias: [10, 20] }), [1, 0, -1], [3], [2]), [8, 18]);
  t.deepEqual(once(nirNode('Linear', { weight }), [1, 0, -1], [3], [2]), [-2, -2]);
  t.deepEqual(
    once(nirNode('Linear', { weight: float64([1, 2, 3, 4], [2, 1, 2]) }), [1, 1, 10, 1], [2, 2], [2, 1]),
    [3, 34],
  );
  t.deepEqual(once(nirNode('Scale', { scale: [2, -1] }), [3, 4], [2], [2]), [6, -4]);
});

/** A convolution as its definition: for every output, all taps that fall inside. */
function convolved(
  x: Float64Array,
  [channels, height, width]: number[],
  w: Float64Array,
  [out, inGroup, kh, kw]: number[],
  bias: Float64Array,
  {
    stride: [sh, sw],
    padding: [ph, pw],
    dilation: [dh, dw],
    groups,
  }: { stride: number[]; padding: number[]; dilation: number[]; groups: number },
): number[] {
  const outH = Math.floor((height + 2 * ph - dh * (kh - 1) - 1) / sh) + 1;
  const outW = Math.floor((width + 2 * pw - dw * (kw - 1) - 1) / sw) + 1;
  const y: number[] = [];
  for (let o = 0; o < out; o++) {
    for (let r = 0; r < outH; r++)
      for (let c = 0; c < outW; c++) {
        let sum = bias[o];
        for (let i = 0; i < inGroup; i++)
          for (let a = 0; a < kh; a++)
            for (let b = 0; b < kw; b++) {
              const channel = Math.floor(o / (out / groups)) * (channels / groups) + i;
              const [row, column] = [r * sh - ph + a * dh, c * sw - pw + b * dw];
              if (row < 0 || column < 0 || row >= height || column >= width) continue;
              sum += w[((o * inGroup + i) * kh + a) * kw + b] * x[(channel * height + row) * width + column];
            }
        y.push(sum);
      }
  }
  return y;
}

test('Conv2d as its definition, to 1e-12: strides, paddings, dilations by axis, groups, oblong kernels, same and valid', (t) => {
  const cases = [
    { shape: [3, 7, 6], weight: [4, 3, 3, 3], stride: [1, 1], padding: [1, 1], dilation: [1, 1], groups: 1 },
    { shape: [4, 9, 8], weight: [6, 2, 3, 5], stride: [2, 1], padding: [0, 2], dilation: [1, 1], groups: 2 },
    { shape: [3, 9, 9], weight: [3, 1, 2, 3], stride: [3, 2], padding: [2, 1], dilation: [3, 2], groups: 3 },
    { shape: [2, 4, 4], weight: [2, 2, 4, 4], stride: [1, 1], padding: [0, 0], dilation: [1, 1], groups: 1 },
  ];
  for (const { shape, weight: ws, ...windows } of cases) {
    const x = normals(
      shape.reduce((a, b) => a * b),
      `x ${ws}`,
    );
    const w = normals(
      ws.reduce((a, b) => a * b),
      `w ${ws}`,
    );
    const bias = normals(ws[0], `b ${ws}`);
    const expected = convolved(x, shape, w, ws, bias, windows);
    const { groups, ...axes } = windows;
    const node = conv2dNode(float64(w, ws), { ...axes, groups: int64(groups), bias: float64(bias) });
    const size = [0, 1].map(
      (a) =>
        Math.floor(
          (shape[a + 1] + 2 * windows.padding[a] - windows.dilation[a] * (ws[a + 2] - 1) - 1) /
            windows.stride[a],
        ) + 1,
    );
    const y = flat(runNir(nirChain(shape, [node], [ws[0], ...size]), [x]).output);
    t.is(y.length, expected.length);
    y.forEach((value, i) => t.true(Math.abs(value - expected[i]) <= 1e-12));
  }
  const word = (padding: string, out: number[]): number[] =>
    flat(
      runNir(
        nirChain([1, 2, 3], [conv2dNode(float64([1, 2, 4, 8, 16, 32], [1, 1, 2, 3]), { padding })], out),
        [[1, 0, 0, 0, 1, 0]],
      ).output,
    );
  t.deepEqual(word('valid', [1, 1, 1]), [17]);
  // the even side gets its zero behind, as in PyTorch
  t.deepEqual(word('same', [1, 2, 3]), [2 + 32, 1 + 16, 8, 4, 2, 1]);
});

test('Conv1d is Conv2d over one row', (t) => {
  const fields = {
    bias: [0.5],
    stride: int64(2),
    padding: int64(1),
    dilation: int64(1),
    groups: int64(1),
    input_shape: int64(5),
  };
  const node = nirNode('Conv1d', { ...fields, weight: float64([1, 10, 100, 2, 20, 200], [1, 2, 3]) });
  const graph = nirChain([2, 5], [node], [1, 3]);
  t.deepEqual(flat(runNir(graph, [[1, 2, 3, 4, 5, 0, 0, 0, 0, 1]]).output), [210.5, 432.5, 54.5 + 20]);
});

test('pools: sums, and averages over all places of a block, those in the padding too; edges that do not fit are dropped', (t) => {
  const pool = (type: string, padding: number[], out: number[]): number[] =>
    flat(
      runNir(nirChain([1, 3, 3], [nirNode(type, { kernel_size: [2, 2], stride: [2, 2], padding })], out), [
        [1, 2, 3, 4, 5, 6, 7, 8, 9],
      ]).output,
    );
  t.deepEqual(pool('SumPool2d', [0, 0], [1, 1, 1]), [12]);
  t.deepEqual(pool('AvgPool2d', [0, 0], [1, 1, 1]), [3]);
  t.deepEqual(pool('SumPool2d', [1, 1], [1, 2, 2]), [1, 5, 11, 28]);
  t.deepEqual(pool('AvgPool2d', [1, 1], [1, 2, 2]), [0.25, 1.25, 2.75, 7]);
});

test('Flatten keeps the order C, H, W; edges that meet add up, as often as they are there', (t) => {
  const weight = float64([1, 10, 100, 1000], [1, 4]);
  const flatten = nirNode('Flatten', {
    start_dim: int64(0),
    end_dim: int64(-1),
    input_type: int64Array([2, 1, 2]),
  });
  t.deepEqual(
    flat(runNir(nirChain([2, 1, 2], [flatten, nirNode('Linear', { weight })], [1]), [[1, 2, 3, 4]]).output),
    [4321],
  );
  const nodes = {
    a: nirNode('Input', { shape: [1] }),
    s: nirNode('Scale', { scale: [3] }),
    b: nirNode('Output', { shape: [1] }),
  };
  t.deepEqual(flat(runNir(nirGraph(nodes, ['a>s>b', 'a>b', 'a>b']), [[1]]).output), [5]);
});

test('a loop brings what was given in the step before, and nothing in the first', (t) => {
  const nodes = {
    ...{ a: nirNode('Input', { shape: [1] }), b: nirNode('Output', { shape: [1] }) },
    ...{ sum: nirNode('I', { r: [1] }), half: nirNode('Scale', { scale: [0.5] }) },
  };
  // y[t] = y[t−1] + x[t] + y[t−1] / 2
  const { output } = runNir(nirGraph(nodes, ['a>sum>b', 'sum>half>sum']), [[1], [0], [2]], { dt: 1 });
  t.deepEqual(flat(output), [1, 1.5, 4.25]);
  // both entered from outside: each hears of the other a step late, whichever runs first
  const pair = { ...nodes, half: nirNode('I', { r: [1] }) };
  const both = nirGraph(pair, ['a>sum>half>b', 'a>half>sum']);
  t.deepEqual(flat(runNir(both, [[1], [0], [0]], { dt: 1 }).output), [1, 2, 4]);
});

test('a graph within a graph computes what the same nodes do without', (t) => {
  const ports = { in: nirNode('Input', { shape: [2] }), out: nirNode('Output', { shape: [2] }) };
  const nodes = {
    lif: lifNode(0.5, 0.4, 1e-3, [2]),
    rec: nirNode('Linear', { weight: float64([0.3, -0.2, 0.4, 0.1], [2, 2]) }),
  };
  const inner = nirGraph({ ...ports, ...nodes }, ['in>lif>out', 'lif>rec>lif']);
  const outer = nirGraph({ ...ports, block: nirGraph({ ...ports, deep: inner }, ['in>deep>out']) }, [
    'in>block>out',
  ]);
  const input = Array.from({ length: 40 }, (_, i) => normals(2, `step ${i}`));
  const given = runNir(outer, input, { ...EULER, record: ['block/deep/lif'] });
  t.deepEqual(given.output, runNir(inner, input, EULER).output);
  t.deepEqual(given.traces['block/deep/lif'].given, given.output);
  t.true(flat(given.output).includes(1) && flat(given.output).includes(0));
});

test('conventions: taken from metadata, given ones win; what is missing is asked for with the node', (t) => {
  const graph = (metadata?: NirGraph['metadata']): NirGraph =>
    nirChain([1], [lifNode(0.5, 0.5, 1e-3)], [1], metadata);
  const stated = { dt: float32Array([1e-3], []), integration: 'euler', reset: 'zero', comparison: '>' };
  t.deepEqual(runNir(graph(stated), [[1]]).conventions, { ...EULER, reset: 'zero' });
  t.deepEqual(runNir(graph(stated), [[1]], { reset: 'subtract', dt: undefined }).conventions, {
    ...EULER,
    reset: 'subtract',
  });
  for (const name of ['dt', 'integration', 'reset', 'comparison'] as const) {
    const { [name]: _, ...rest } = stated;
    t.throws(() => runNir(graph(rest), [[1]]), {
      instanceOf: SettingsError,
      message: new RegExp(`^node "n0" \\(LIF\\): NIR does not say how it is run.*give ${name}, `),
    });
  }
  const cuba = nirNode('CubaLI', { tau_syn: [1], tau_mem: [1], r: [1], v_leak: [0] });
  t.throws(() => runNir(nirChain([1], [cuba], [1]), [[1]], EULER), {
    instanceOf: SettingsError,
    message: /give synapse, 'new' or 'previous'/,
  });
  t.throws(() => runNir(graph({ ...stated, reset: 'hard' }), [[1]]), {
    instanceOf: SettingsError,
    message: /metadata reset: "hard", expected one of zero, value, subtract/,
  });
  t.throws(() => runNir(graph({ ...stated, dt: float64([1, 2]) }), [[1]]), {
    instanceOf: SettingsError,
    message: /metadata dt: expected one number/,
  });
  t.throws(() => runNir(graph(stated), [[1]], { dt: 0 }), {
    instanceOf: SettingsError,
    message: /^dt: 0, expected seconds above 0/,
  });
});

test('input: by name where there are several; as many steps and values as the graph takes', (t) => {
  const ports = {
    a: nirNode('Input', { shape: [1] }),
    b: nirNode('Input', { shape: [1] }),
    out: nirNode('Output', { shape: [1] }),
  };
  const graph = nirGraph({ ...ports, two: nirNode('Output', { shape: [1] }) }, ['a>out', 'b>out', 'b>two']);
  const { outputs } = runNir(graph, { a: [[1], [2]], b: [[10], [20]] });
  t.deepEqual(
    [flat(outputs.out), flat(outputs.two)],
    [
      [11, 22],
      [10, 20],
    ],
  );
  const refused: [input: Parameters<typeof runNir>[1], message: RegExp][] = [
    [[[1]], /the graph has the Inputs a, b; give values by these names/],
    [{ a: [[1]] }, /nothing for the Input b/],
    [{ a: [[1]], b: [[1], [2]] }, /2 steps for b, 1 for a/],
    [{ a: [[1]], b: [[1, 2]] }, /step 0 of b has 2 values, expected 1, of shape \[1\]/],
  ];
  for (const [input, message] of refused)
    t.throws(() => runNir(graph, input), { instanceOf: SettingsError, message });
  t.throws(() => runNir(graph, { a: [[1]], b: [[1]] }, { record: ['x'] }), {
    instanceOf: SettingsError,
    message: /record: no node x/,
  });
  t.throws(() => runNir(nirGraph(ports, ['a>c']), [[1]]), {
    instanceOf: SettingsError,
    message: /^NIR graph: the graph (\(NIRGraph\) )?has the edge "a" → "c", and no node "c"/,
  });
});

testWithData('nir-samples/README.md')(
  'public recurrent networks: with the loop in a graph of its own and without, the same spikes, and some',
  async (t) => {
    const input = Array.from({ length: 60 }, (_, i) =>
      normals(12, `braille ${i}`).map((x) => Number(x > 0.8)),
    );
    const run = async (name: string): Promise<Float64Array[]> =>
      runNir(await readNir(dataFile('nir-samples', name)), input, {
        ...EULER,
        dt: 1e-4,
        reset: 'zero',
        synapse: 'new',
      }).output;
    const flatLoop = await run('braille_noDelay_bias_zero.nir');
    t.deepEqual(await run('spyx_braille_noDelay_bias_zero_subgraph.nir'), flatLoop);
    t.true(flat(flatLoop).some((spike) => spike === 1));
  },
);
