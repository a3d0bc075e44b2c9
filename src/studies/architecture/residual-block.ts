// The diagram of a residual block (the paper's Fig. 9), drawn from the network description.
import { theme, type Figure, type Layout } from '../../figures/theme.js';
import { SettingsError } from '../../errors.js';
import { gives, type Layer, type Network, type Residual } from '../../network/layers.js';
import { operationOf } from '../../network/table.js';

/** A residual block to draw, and the neurons that follow its sum. */
export interface Block {
  block: Residual;
  /** Left out where the block is the last layer. */
  after?: Layer;
  title: string;
}

/**
 * The residual blocks of a network that differ in structure: the first with the identity as shortcut and the first with
 * a convolution. Batch norm, neurons and sums stand where the description has them.
 */
export function blockKinds({ layers }: Network): Block[] {
  const kinds = new Map<boolean, Block>();
  layers.forEach((layer, i) => {
    if (layer.type !== 'residual') return;
    const plain = layer.shortcut.length === 0;
    if (kinds.has(plain)) return;
    kinds.set(plain, {
      block: layer,
      after: layers[i + 1],
      title: `${layer.name}: ${plain ? 'identity' : 'convolution'} as shortcut`,
    });
  });
  return [...kinds.values()];
}

/** Size of a diagram's boxes, in its own units (pixels). */
const BOX = { width: 260, height: 42, gap: 22 };

/**
 * The diagram of residual blocks side by side, from the input currents' source I[t] to the spikes O[t].
 *
 * @throws SettingsError where there is none
 */
export function blockFigure(blocks: readonly Block[]): Figure {
  if (blocks.length === 0)
    throw new SettingsError(
      'blockFigure: the network has no residual block; architectureFigure draws any network whole',
    );
  const drawn = blocks.map(drawBlock);
  const depth = Math.max(...drawn.map(({ bottom }) => bottom));
  const shapes: Layout[] = [];
  const annotations: Layout[] = [];
  let total = 0;
  for (const block of drawn) {
    const shift = total;
    total += block.width;
    const place = (box: Layout): Layout => ({ ...box, xref: 'x', yref: 'y' });
    shapes.push(
      ...block.shapes.map((s) => place({ ...s, x0: Number(s.x0) + shift, x1: Number(s.x1) + shift })),
    );
    annotations.push(
      ...block.annotations.map((a) =>
        place({
          ...a,
          x: Number(a.x) + shift,
          ...(a.ax === undefined ? {} : { ax: Number(a.ax) + shift, axref: 'x', ayref: 'y' }),
        }),
      ),
    );
  }
  const hidden = { visible: false, fixedrange: true };
  return {
    data: [{ type: 'scatter', x: [0], y: [0], mode: 'markers', marker: { opacity: 0 }, hoverinfo: 'skip' }],
    layout: theme({
      title: { text: 'Residual block (Fig. 9), drawn from the network description' },
      width: total + 40,
      height: depth + 90,
      margin: { l: 20, r: 20, t: 60, b: 20 },
      showlegend: false,
      xaxis: { ...hidden, range: [0, total] },
      yaxis: { ...hidden, range: [depth, 0] },
      shapes,
      annotations,
    }),
  };
}

function drawBlock({ block, after, title }: Block): {
  shapes: Layout[];
  annotations: Layout[];
  bottom: number;
  width: number;
} {
  const shapes: Layout[] = [];
  const annotations: Layout[] = [];
  const main = BOX.width / 2 + 10;
  const side = main + (block.shortcut.length === 0 ? BOX.width / 2 + 15 : BOX.width);
  const pitch = BOX.height + BOX.gap;
  const text = (x: number, y: number, words: string): void =>
    void annotations.push({ x, y, text: words, showarrow: false });
  const box = (x: number, y: number, words: string, fill: string): void => {
    const [dx, dy] = [BOX.width / 2 - 20, BOX.height / 2];
    shapes.push({
      type: 'rect',
      x0: x - dx,
      x1: x + dx,
      y0: y - dy,
      y1: y + dy,
      fillcolor: fill,
      layer: 'below',
    });
    text(x, y, words);
  };
  const arrow = (x: number, from: number, toX: number, to: number): void =>
    void annotations.push({
      x: toX,
      y: to,
      ax: x,
      ay: from,
      text: '',
      showarrow: true,
      arrowhead: 2,
      arrowwidth: 1.5,
    });
  const line = (x0: number, y0: number, x1: number, y1: number): void =>
    void shapes.push({ type: 'line', x0, y0, x1, y1 });

  const column = (layers: Layer[], x: number, start: number, leadsOn: boolean): number =>
    layers.reduce((y, layer, i) => {
      box(x, y, describe(layer), FILL[layer.type] ?? 'rgba(127,127,127,0.12)');
      if (leadsOn || i + 1 < layers.length) arrow(x, y + BOX.height / 2, x, y + pitch - BOX.height / 2);
      return y + pitch;
    }, start);

  text(main, 12, `<b>${title}</b>`);
  text(main, 48, 'I[t]');
  const fork = 48 + BOX.height / 2 + 8;
  const first = fork + pitch / 2 + 12;
  line(main, fork - 8, main, fork);
  arrow(main, fork, main, first - BOX.height / 2);
  const sum = column(block.body, main, first, true);
  line(main, fork, side, fork);
  if (block.shortcut.length === 0) line(side, fork, side, sum);
  else {
    // The shortcut is drawn in the middle of its branch.
    const start = (first + sum - pitch * block.shortcut.length) / 2;
    arrow(side, fork, side, start - BOX.height / 2);
    const end = column(block.shortcut, side, start, false);
    line(side, end - pitch + BOX.height / 2, side, sum);
  }
  shapes.push({ type: 'circle', x0: main - 15, x1: main + 15, y0: sum - 15, y1: sum + 15 });
  text(main, sum, '+');
  arrow(side, sum, main + 15, sum);
  const neurons = sum + pitch;
  if (after === undefined) {
    arrow(main, sum + 15, main, neurons + pitch - 12);
    text(main, neurons + pitch, 'currents');
  } else {
    arrow(main, sum + 15, main, neurons - BOX.height / 2);
    box(main, neurons, describe(after), FILL[after.type] ?? 'white');
    arrow(main, neurons + BOX.height / 2, main, neurons + pitch - 12);
    text(main, neurons + pitch, gives(after) === 'spikes' ? 'O[t], binary' : 'its output');
  }
  const width = side + (block.shortcut.length === 0 ? 50 : BOX.width / 2 + 30);
  return { shapes, annotations, bottom: neurons + pitch + 14, width };
}

const FILL: Partial<Record<Layer['type'], string>> = {
  conv2d: 'rgba(0,114,178,0.16)',
  batchNorm: 'rgba(230,159,0,0.18)',
  lif: 'rgba(213,94,0,0.18)',
};

/** In two lines, so that a box narrowed by a narrow window still holds it. */
const describe = (layer: Layer): string =>
  layer.type === 'conv2d'
    ? `${operationOf(layer)}<br>${layer.in} → ${layer.out} channels`
    : operationOf(layer);
