// The diagram of a whole network, an architecture's or one's own: boxes from the image to the logits, drawn from the
// description that the engines execute.
import { label, theme, type Figure, type Layout } from '../figures/theme.js';
import { kindOf, type Layer, type Network } from '../network/layers.js';
import { placeLayers, type PlacedLayer } from '../network/shapes.js';
import { operationOf } from '../network/table.js';

/** A box: a layer that stands in a row of its own, and the batch norms and neurons that follow it. */
interface Box {
  kind: 'box';
  name: string;
  words: string;
  shape: string;
  fill: string;
}
/** A residual block: boxes of both branches; an empty shortcut is the identity. */
interface Fork {
  kind: 'fork';
  body: Part[];
  shortcut: Part[];
}
type Part = Box | Fork;

const FILL: Partial<Record<ReturnType<typeof kindOf>['role'], string>> = {
  weights: 'rgba(0,114,178,0.16)',
  neuron: 'rgba(213,94,0,0.18)',
  norm: 'rgba(230,159,0,0.18)',
};
const OTHER = 'rgba(127,127,127,0.12)';

/** Sizes in pixels, which are the diagram's units. */
const BOX = { width: 320, height: 40, gap: 18 };
const SIDE = 24;
const PITCH = BOX.height + BOX.gap;

/** The parts of layers in their order. What stands in no row (flatten) is left out; a norm or neurons join the box before. */
function partsOf(layers: readonly Layer[], placed: ReadonlyMap<string, PlacedLayer>): Part[] {
  const parts: Part[] = [];
  for (const layer of layers) {
    const kind = kindOf(layer);
    if (kind.role === 'residual') {
      const [body, shortcut] = kind.branches(layer).map((branch) => partsOf(branch, placed));
      parts.push({ kind: 'fork', body, shortcut });
      continue;
    }
    if (kind.row === 'none') continue;
    const last = parts.at(-1);
    if (kind.row === 'appended' && last?.kind === 'box') last.words += ` + ${operationOf(layer)}`;
    else
      parts.push({
        ...{ kind: 'box', name: layer.name, words: operationOf(layer), fill: FILL[kind.role] ?? OTHER },
        shape: placed.get(layer.name)!.output.join(' × '),
      });
  }
  return parts;
}

/** Shapes and words as they are drawn, x to the right and y down. */
class Drawing {
  readonly shapes: Layout[] = [];
  readonly annotations: Layout[] = [];

  text(x: number, y: number, words: string): void {
    this.annotations.push({ x, y, text: words, showarrow: false, font: { size: 11 } });
  }

  line(x0: number, y0: number, x1: number, y1: number): void {
    this.shapes.push({ type: 'line', x0, y0, x1, y1 });
  }

  arrow(fromX: number, fromY: number, x: number, y: number): void {
    const arrow = { text: '', showarrow: true, arrowhead: 2, arrowwidth: 1.2, axref: 'x', ayref: 'y' };
    this.annotations.push({ x, y, ax: fromX, ay: fromY, ...arrow });
  }

  /** A box whose middle is at x and whose upper edge is at y. */
  box(x: number, y: number, { name, words, shape, fill }: Box): void {
    const [x0, x1] = [x - BOX.width / 2, x + BOX.width / 2];
    this.shapes.push({ type: 'rect', x0, x1, y0: y, y1: y + BOX.height, fillcolor: fill, layer: 'below' });
    this.text(x, y + BOX.height / 2, `<b>${label(name)}</b>  ${label(shape)}<br>${label(words)}`);
  }

  sum(x: number, y: number): void {
    this.shapes.push({ type: 'circle', x0: x - 12, x1: x + 12, y0: y - 12, y1: y + 12 });
    this.text(x, y, '+');
  }

  /**
   * Parts down a column, an arrow into each.
   *
   * @param y - where the arrow into the first begins
   * @returns where the arrow out of the last begins, and how far the column reaches to the right
   */
  column(parts: readonly Part[], x: number, y: number): { y: number; right: number } {
    let right = x + BOX.width / 2;
    for (const part of parts) {
      if (part.kind === 'box') {
        this.arrow(x, y, x, y + BOX.gap);
        this.box(x, y + BOX.gap, part);
        y += PITCH;
      } else {
        const made = this.fork(part, x, y);
        y = made.y;
        right = Math.max(right, made.right);
      }
    }
    return { y, right };
  }

  private fork({ body, shortcut }: Fork, x: number, y: number): { y: number; right: number } {
    const top = y + BOX.gap / 2;
    this.line(x, y, x, top);
    const main = this.column(body, x, top);
    const side = shortcut.length === 0 ? main.right + SIDE : main.right + SIDE + BOX.width / 2;
    this.line(x, top, side, top);
    const beside = shortcut.length === 0 ? { y: top, right: side } : this.column(shortcut, side, top);
    const sum = Math.max(main.y, beside.y) + BOX.gap + 12;
    this.arrow(x, main.y, x, sum - 12);
    this.line(side, beside.y, side, sum);
    this.arrow(side, sum, x + 12, sum);
    this.sum(x, sum);
    return { y: sum + 12, right: Math.max(main.right, beside.right) + SIDE };
  }
}

/**
 * Draws a network whole: a box for each convolution, linear layer and pool with the batch norm and the neurons that follow it,
 * its name and the height × width × channels that it gives; residual blocks as two branches and their sum.
 *
 * @param network - such as `resnet19({ classes: 10 })`
 * @returns a figure without axes, as large as the network needs
 * @throws SettingsError where its layers do not fit each other
 */
export function architectureFigure(network: Network): Figure {
  const placed = new Map(placeLayers(network).map((place) => [place.layer.name, place]));
  const drawing = new Drawing();
  const middle = BOX.width / 2 + SIDE;
  drawing.text(middle, 10, `image, ${network.input.join(' × ')}`);
  const { y, right } = drawing.column(partsOf(network.layers, placed), middle, 20);
  drawing.arrow(middle, y, middle, y + BOX.gap);
  drawing.text(middle, y + BOX.gap + 10, `logits of ${network.classes} classes`);
  const [width, height] = [right + SIDE, y + BOX.gap + 24];
  const hidden = { visible: false, fixedrange: true };
  const within = (one: Layout): Layout => ({ ...one, xref: 'x', yref: 'y' });
  return {
    data: [{ type: 'scatter', x: [0], y: [0], mode: 'markers', marker: { opacity: 0 }, hoverinfo: 'skip' }],
    layout: theme({
      title: { text: label(`${network.name}: from the image to the logits, at each step`) },
      width: Math.max(480, width + 40),
      height: height + 80,
      margin: { l: 20, r: 20, t: 60, b: 20 },
      showlegend: false,
      xaxis: { ...hidden, range: [0, Math.max(440, width)] },
      yaxis: { ...hidden, range: [height, 0] },
      shapes: drawing.shapes.map(within),
      annotations: drawing.annotations.map(within),
    }),
  };
}
