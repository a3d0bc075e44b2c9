// The diagram of a residual block: every layer of both kinds in its order, body and shortcut apart.
import test from 'ava';
import { SettingsError } from '../../../src/errors.js';
import { convNet, resnet19 } from '../../../src/network/architectures.js';
import { blockFigure, blockKinds } from '../../../src/studies/architecture/residual-block.js';
import { isAsKept } from '../../helpers/whole-figure.js';

const kinds = blockKinds(resnet19({ classes: 10 }));

test('blockKinds: the first block with a convolution as shortcut and the first with the identity, neurons after the sum', (t) => {
  t.deepEqual(
    kinds.map(({ block, after, title }) => [block.name, after!.type, title]),
    [
      ['block1', 'lif', 'block1: convolution as shortcut'],
      ['block2', 'lif', 'block2: identity as shortcut'],
    ],
  );
});

test('blockFigure: boxes from the input down to the spikes; the shortcut’s convolution beside the body', (t) => {
  const figure = blockFigure(kinds);
  isAsKept(t, 'architecture/residual-block', figure);
  const { shapes, annotations } = figure.layout as {
    shapes: { type: string; x0: number; fillcolor?: string }[];
    annotations: { text: string; x: number; y: number }[];
  };
  const texts = annotations.filter(({ text }) => text !== '').map(({ text, x, y }) => ({ text, x, y }));
  const starts = texts.flatMap(({ text }, i) => (text.startsWith('<b>') ? [i] : []));
  t.is(starts.length, 2);
  const columns = [texts.slice(0, starts[1]), texts.slice(starts[1])].map((block) => {
    const main = block[0].x;
    const down = (own: typeof block): string[] => own.sort((a, b) => a.y - b.y).map(({ text }) => text);
    return {
      main: down(block.filter(({ x }) => x === main)),
      side: down(block.filter(({ x }) => x > main)),
      left: block.filter(({ x }) => x < main).length,
    };
  });
  const body = (from: number, to: number): string[] => [
    `Conv 3 × 3, stride 1<br>${from} → ${to} channels`,
    'BN',
    'LIF',
    `Conv 3 × 3, stride 1<br>${to} → ${to} channels`,
    'BN',
  ];
  t.deepEqual(columns, [
    {
      main: ['<b>block1: convolution as shortcut</b>', 'I[t]', ...body(64, 128), '+', 'LIF', 'O[t], binary'],
      side: ['Conv 1 × 1, stride 1<br>64 → 128 channels', 'BN'],
      left: 0,
    },
    {
      main: ['<b>block2: identity as shortcut</b>', 'I[t]', ...body(128, 128), '+', 'LIF', 'O[t], binary'],
      side: [],
      left: 0,
    },
  ]);
  // Blue for convolutions, yellow for batch norm, orange for neurons: 5, 5 and 4 boxes.
  const filled = (rgb: string): number =>
    shapes.filter(({ type, fillcolor }) => type === 'rect' && fillcolor?.startsWith(`rgba(${rgb},`)).length;
  t.deepEqual([filled('0,114,178'), filled('230,159,0'), filled('213,94,0')], [5, 5, 4]);
  t.is(shapes.filter(({ type }) => type === 'circle').length, 2);
});

test('blocks of a network of one’s own: one that is last ends in currents; a network without any is refused', (t) => {
  const last = { block: kinds[1].block, title: 'last' };
  const { annotations } = blockFigure([last]).layout as { annotations: { text: string }[] };
  t.is(
    annotations
      .map(({ text }) => text)
      .filter((text) => text !== '')
      .at(-1),
    'currents',
  );
  t.throws(() => blockFigure(blockKinds(convNet({ classes: 10 }))), {
    instanceOf: SettingsError,
    message: /has no residual block; architectureFigure draws any network whole/,
  });
});
