// The architecture table and diagrams agree with the network they are read off.
import test from 'ava';
import { convNet, resnet19, vggsnn } from '../../src/network/architectures.js';
import { countMacs } from '../../src/network/operations.js';
import { countParameters } from '../../src/network/parameters.js';
import { placeLayers } from '../../src/network/shapes.js';
import { architectureRows } from '../../src/network/table.js';
import { costFigure } from '../../src/studies/architecture/network-cost.js';
import { blockFigure, blockKinds } from '../../src/studies/architecture/residual-block.js';

for (const network of [
  resnet19({ classes: 10 }),
  resnet19({ classes: 100, width: 0.25 }),
  vggsnn({ classes: 10 }),
  convNet({ classes: 10, convolutions: 5 }),
])
  test(`architectureRows of ${network.name}, ${network.classes} classes: parameters and MACs add up to the network's`, (t) => {
    const rows = architectureRows(network);
    const sum = (value: (row: (typeof rows)[number]) => number): number =>
      rows.reduce((total, row) => total + value(row), 0);
    t.is(
      sum(({ weights, batchNorm }) => weights + batchNorm),
      countParameters(network),
    );
    t.is(
      sum(({ macs }) => macs),
      placeLayers(network).reduce((total, placed) => total + countMacs(placed), 0),
    );
  });

test('ResNet-19 has 18 rows with LIF, the last linear layer has none', (t) => {
  const rows = architectureRows(resnet19({ classes: 10 }));
  t.is(rows.filter(({ operation }) => operation.endsWith('+ LIF')).length, 18);
  t.is(rows.at(-1)?.operation, 'linear');
  t.is(rows.find(({ layer }) => layer === 'block4.conv1')?.operation, 'Conv 3 × 3, stride 2 + BN + LIF');
});

test('blockKinds finds one block with a convolution and one with the identity; blockFigure draws every layer of both', (t) => {
  const kinds = blockKinds(resnet19({ classes: 10 }));
  t.deepEqual(
    kinds.map(({ block }) => block.name),
    ['block1', 'block2'],
  );
  const { shapes, annotations } = blockFigure(kinds).layout as {
    shapes: { type: string }[];
    annotations: { text: string }[];
  };
  const layers = kinds.flatMap(({ block, after }) => [...block.body, ...block.shortcut, after]);
  t.is(shapes.filter(({ type }) => type === 'rect').length, layers.length);
  t.is(annotations.filter(({ text }) => text === 'LIF').length, 4);
  t.is(annotations.filter(({ text }) => text.startsWith('Conv 1 × 1, stride 1, 64 → 128')).length, 1);
});

test('costFigure has a bar for every layer with parameters', (t) => {
  const network = convNet({ classes: 10, width: 0.25 });
  const [macs, parameters] = costFigure(network).data as unknown as { x: string[]; y: number[] }[];
  t.is(macs.x.length, 4);
  t.true(Math.abs(parameters.y.reduce((a, b) => a + b) * 1e3 - countParameters(network)) < 1e-6);
});
