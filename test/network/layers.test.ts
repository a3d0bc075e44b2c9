// What holds of every kind of layer, and what each says of itself: the one place where the kinds stand side by side. Shapes
// that do not fit: shapes.test.ts. Fields: check.test.ts. Words: table.test.ts.
import test from 'ava';
import {
  gives,
  kindOf,
  type LayerKind,
  type Layer,
  layerKinds,
  layerParameters,
  residual,
  type SimpleLayer,
} from '../../src/network/layers.js';
import * as layers from '../../src/network/layers.js';
import { neurons } from '../../src/neurons/index.js';
import { refused } from '../helpers/fit.js';

test('every kind stands under its own name', (t) => {
  t.deepEqual(
    Object.entries(layerKinds).map(([name, { type }]) => [name, type]),
    Object.keys(layerKinds).map((name) => [name, name]),
  );
});

/** A layer of each simple kind, what it does, and what it makes of 5 × 4 pixels of 3 channels. */
const CASES: [layer: SimpleLayer, role: LayerKind['role'], output: number[]][] = [
  [layers.conv2d('a', 3, 7, { stride: 2 }), 'weights', [3, 2, 7]],
  [layers.batchNorm('a', 3), 'norm', [5, 4, 3]],
  [layers.scaledNorm('a', 3, 0.5), 'norm', [5, 4, 3]],
  [layers.stepNorm('a', 3, 'bntt', 2), 'norm', [5, 4, 3]],
  [layers.neuNorm('a'), 'inhibition', [5, 4, 3]],
  [layers.lif('a'), 'neuron', [5, 4, 3]],
  [layers.mpbn('a'), 'neuron', [5, 4, 3]],
  [layers.neuron('a', neurons.plif), 'neuron', [5, 4, 3]],
  [layers.relu('a'), 'neuron', [5, 4, 3]],
  [layers.avgPool2d('a'), 'average', [2, 2, 3]],
  [layers.maxPool2d('a', 3), 'choice', [1, 1, 3]],
  [layers.globalAvgPool2d('a'), 'average', [1, 1, 3]],
  [layers.flatten('a'), 'choice', [1, 1, 60]],
];

for (const [layer, role, output] of CASES)
  test(`${layer.type}: its role and the shape of what it gives; its builder gives all its fields`, (t) => {
    const kind = kindOf(layer);
    t.is(kind.role, role);
    if (kind.role === 'residual') return t.fail();
    t.deepEqual(kind.output(layer, [5, 4, 3], refused), output as [number, number, number]);
    t.deepEqual(Object.keys(layer).sort(), ['name', 'type', ...Object.keys(kind.fields)].sort());
  });

test('averages say over how many values', (t) => {
  const over = (layer: Layer): unknown => {
    const kind = kindOf(layer);
    return kind.role === 'average' && kind.over(layer, [5, 4, 3]);
  };
  t.is(over(layers.avgPool2d('a', 3)), 9);
  t.is(over(layers.globalAvgPool2d('a')), 20);
});

test('gives: spikes of lif, activations of relu, nothing of any other', (t) => {
  t.is(gives(layers.lif('a')), 'spikes');
  t.is(gives(layers.relu('a')), 'activations');
  t.is(gives(layers.flatten('a')), undefined);
  t.is(gives(residual('r', [])), undefined);
});

test('layerParameters: of the layer itself, with the inputs that reach one output', (t) => {
  t.deepEqual(layerParameters(layers.conv2d('a', 3, 7, { kernel: 5, bias: true }), [5, 4, 3]), [
    { suffix: 'weight', shape: [7, 3, 5, 5], role: 'weight', fanIn: 75 },
    { suffix: 'bias', shape: [7], role: 'bias', fanIn: 75 },
  ]);
  t.deepEqual(layerParameters(layers.linear('a', 20, 4, false), [1, 1, 20]), [
    { suffix: 'weight', shape: [4, 20], role: 'weight', fanIn: 20 },
  ]);
  t.deepEqual(layerParameters(layers.lif('a'), [5, 4, 3]), []);
  t.deepEqual(layerParameters(residual('r', [layers.conv2d('a', 3, 3)]), [5, 4, 3]), []);
});

test('a residual block: its branches, and the same with other layers in them', (t) => {
  const block = residual('r', [layers.lif('a')], [layers.relu('b')]);
  const kind = kindOf(block);
  if (kind.role !== 'residual') return t.fail();
  t.deepEqual(kind.branches(block), [block.body, block.shortcut]);
  t.deepEqual(
    kind.withBranches(block, (inner) => [...inner, layers.flatten('f')]),
    residual('r', [layers.lif('a'), layers.flatten('f')], [layers.relu('b'), layers.flatten('f')]),
  );
});
