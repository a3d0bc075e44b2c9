// The diagram of a whole network: every layer once, in its order, branches beside each other, and nothing out of its picture.
import test from 'ava';
import { convNet, resnet19 } from '../../src/network/architectures.js';
import {
  avgPool2d,
  batchNorm,
  conv2d,
  flatten,
  lif,
  linear,
  maxPool2d,
  type Network,
  residual,
} from '../../src/network/layers.js';
import { architectureRows } from '../../src/network/table.js';
import { architectureFigure } from '../../src/inspection/architecture.js';
import { isAsKept } from '../helpers/whole-figure.js';

interface Drawn {
  shapes: { type: string; x0: number; x1: number; y0: number; y1: number }[];
  annotations: { text: string; x: number; y: number }[];
  width: number;
  height: number;
  xaxis: { range: number[] };
  yaxis: { range: number[] };
}
const drawn = (network: Network): Drawn => architectureFigure(network).layout as unknown as Drawn;

/** One's own: an even kernel, a maximum, not square, a block within a block. */
const own: Network = {
  ...{ name: 'mine <b>', input: [9, 12, 1], classes: 3 },
  layers: [
    ...[conv2d('c1', 1, 4, { kernel: 4, stride: 2, padding: 1 }), batchNorm('n1', 4), lif('l1')],
    maxPool2d('p', 2),
    residual(
      'outer',
      [conv2d('c2', 4, 4), residual('inner', [conv2d('c3', 4, 4)]), batchNorm('n3', 4)],
      [conv2d('c4', 4, 4, { kernel: 1 }), batchNorm('n4', 4)],
    ),
    ...[lif('l2'), flatten('f'), linear('fc', 24, 3)],
  ],
};

test('one box for each row of the table of layers, and one for what follows a sum, with its words and its shape', (t) => {
  isAsKept(t, 'inspection/architecture', architectureFigure(own));
  const texts = drawn(own)
    .annotations.map(({ text }) => text)
    .filter((text) => text.startsWith('<b>'));
  t.deepEqual(texts, [
    '<b>c1</b>  4 × 6 × 4<br>Conv 4 × 4, stride 2 + BN + LIF',
    '<b>p</b>  2 × 3 × 4<br>maximum 2 × 2',
    '<b>c2</b>  2 × 3 × 4<br>Conv 3 × 3, stride 1',
    '<b>c3</b>  2 × 3 × 4<br>Conv 3 × 3, stride 1',
    '<b>n3</b>  2 × 3 × 4<br>BN',
    '<b>c4</b>  2 × 3 × 4<br>Conv 1 × 1, stride 1 + BN',
    '<b>l2</b>  2 × 3 × 4<br>LIF',
    '<b>fc</b>  1 × 1 × 3<br>linear',
  ]);
  t.is(drawn(own).annotations.filter(({ text }) => text === '+').length, 2);
});

test('no two boxes lie over each other, and all lie within the picture, for architectures too', (t) => {
  for (const network of [own, convNet({ classes: 10 }), resnet19({ classes: 10, width: 0.25 })]) {
    const { shapes, annotations, xaxis, yaxis } = drawn(network);
    const boxes = shapes.filter(({ type }) => type === 'rect' || type === 'circle');
    boxes.forEach((a, i) => {
      t.true(a.x0 >= 0 && a.x1 <= xaxis.range[1] && a.y0 >= 0 && a.y1 <= yaxis.range[0], network.name);
      for (const b of boxes.slice(i + 1))
        t.false(a.x0 < b.x1 && b.x0 < a.x1 && a.y0 < b.y1 && b.y0 < a.y1, `${network.name}: ${i}`);
    });
    t.true(annotations.every(({ x, y }) => x >= 0 && x <= xaxis.range[1] && y >= 0 && y <= yaxis.range[0]));
    const rows = architectureRows(network).filter(({ operation }) => !operation.startsWith('body'));
    for (const { layer } of rows.filter(({ weights }) => weights > 0))
      t.is(annotations.filter(({ text }) => text.startsWith(`<b>${layer}</b>`)).length, 1, layer);
  }
});

test('layers that do not fit are refused before anything is drawn', (t) => {
  const wrong = { ...own, layers: [avgPool2d('first', 20), ...own.layers] };
  t.throws(() => architectureFigure(wrong), { message: /leaves nothing of an input of 9 × 12/ });
});
