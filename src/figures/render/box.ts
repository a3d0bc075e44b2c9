// Bounding boxes of SVG elements, which jsdom does not compute: text, rectangles, images and groups of them.
import { lineExtent, textWidth, type Font } from './text.js';

/** A box in pixels; empty when `x1 < x0`. */
export interface Box {
  x0: number;
  y0: number;
  x1: number;
  y1: number;
}

/** The six numbers of `matrix(a b c d e f)`. */
type Matrix = [number, number, number, number, number, number];

/** Members of a DOM element that are read here. */
export interface SvgNode {
  readonly nodeType: number;
  readonly nodeName: string;
  readonly textContent: string | null;
  readonly childNodes: ArrayLike<SvgNode>;
  readonly parentNode: SvgNode | null;
  readonly style?: { fontSize: string; fontWeight: string; fontStyle: string; display: string };
  getAttribute(name: string): string | null;
}

const ELEMENT = 1;
const TEXT = 3;
const IDENTITY: Matrix = [1, 0, 0, 1, 0, 0];
const EMPTY: Box = { x0: Infinity, y0: Infinity, x1: -Infinity, y1: -Infinity };

const union = (a: Box, b: Box): Box => ({
  x0: Math.min(a.x0, b.x0),
  y0: Math.min(a.y0, b.y0),
  x1: Math.max(a.x1, b.x1),
  y1: Math.max(a.y1, b.y1),
});

const number = (node: SvgNode, name: string): number => Number.parseFloat(node.getAttribute(name) ?? '') || 0;

/** The box of an element in its own coordinates, its own transform left out (`getBBox`). */
export function localBox(node: SvgNode): Box {
  switch (node.nodeName) {
    case 'text':
      return textBox(node);
    case 'rect':
    case 'image': {
      const [x0, y0] = [number(node, 'x'), number(node, 'y')];
      return { x0, y0, x1: x0 + number(node, 'width'), y1: y0 + number(node, 'height') };
    }
    case 'g':
    case 'a':
    case 'svg': {
      let box = EMPTY;
      for (const child of Array.from(node.childNodes))
        if (child.nodeType === ELEMENT && child.style?.display !== 'none')
          box = union(box, transformBox(transformOf(child), localBox(child)));
      return box;
    }
    default:
      return EMPTY;
  }
}

/** The box of an element in the coordinates of its outermost `svg` (`getBoundingClientRect`). */
export function pageBox(node: SvgNode): Box {
  let box = localBox(node);
  for (let at: SvgNode | null = node; at !== null && at.nodeType === ELEMENT; at = at.parentNode)
    box = transformBox(transformOf(at), box);
  return box;
}

function textBox(node: SvgNode): Box {
  const anchor = node.getAttribute('text-anchor');
  const shift = anchor === 'middle' ? 0.5 : anchor === 'end' ? 1 : 0;
  const lines: { x: number; width: number }[] = [{ x: number(node, 'x'), width: 0 }];
  let y = number(node, 'y');
  let box = EMPTY;

  const visit = (at: SvgNode, font: Font): void => {
    for (const child of Array.from(at.childNodes)) {
      if (child.nodeType === TEXT) {
        const text = child.textContent ?? '';
        if (text === '') continue;
        const { ascent, descent } = lineExtent(font);
        lines[lines.length - 1].width += textWidth(text, font);
        box = union(box, { ...EMPTY, y0: y - ascent, y1: y + descent });
      } else if (child.nodeType === ELEMENT) {
        const own = fontOf(child, font);
        if (child.getAttribute('x') !== null) lines.push({ x: number(child, 'x'), width: 0 });
        y += length(child.getAttribute('dy'), own.size);
        visit(child, own);
      }
    }
  };
  visit(node, inheritedFont(node));

  for (const { x, width } of lines)
    if (width > 0) box = union(box, { ...EMPTY, x0: x - shift * width, x1: x + (1 - shift) * width });
  return box;
}

const length = (text: string | null, em: number): number =>
  (Number.parseFloat(text ?? '') || 0) * (text?.endsWith('em') ? em : 1);

function inheritedFont(node: SvgNode): Font {
  const outer: Font =
    node.parentNode !== null && node.parentNode.nodeType === ELEMENT
      ? inheritedFont(node.parentNode)
      : { size: 12, bold: false, italic: false };
  return fontOf(node, outer);
}

function fontOf({ style }: SvgNode, outer: Font): Font {
  if (style === undefined) return outer;
  const { fontSize, fontWeight, fontStyle } = style;
  const size = Number.parseFloat(fontSize);
  const relative = fontSize.endsWith('%') ? outer.size / 100 : fontSize.endsWith('em') ? outer.size : 1;
  return {
    size: Number.isNaN(size) ? outer.size : size * relative,
    bold: fontWeight === '' ? outer.bold : fontWeight === 'bold' || Number(fontWeight) >= 600,
    italic: fontStyle === '' ? outer.italic : fontStyle !== 'normal',
  };
}

function transformOf(node: SvgNode): Matrix {
  let matrix = IDENTITY;
  for (const [, name, list] of (node.getAttribute('transform') ?? '').matchAll(/(\w+)\(([^)]*)\)/g)) {
    const [a, b, c] = list.split(/[\s,]+/).map(Number);
    if (name === 'translate') matrix = multiply(matrix, [1, 0, 0, 1, a, b || 0]);
    else if (name === 'scale') matrix = multiply(matrix, [a, 0, 0, b ?? a, 0, 0]);
    else if (name === 'rotate') {
      const [cos, sin] = [Math.cos((a * Math.PI) / 180), Math.sin((a * Math.PI) / 180)];
      const [x, y] = [b || 0, c || 0];
      matrix = multiply(matrix, [cos, sin, -sin, cos, x - cos * x + sin * y, y - sin * x - cos * y]);
    }
  }
  return matrix;
}

const multiply = ([a, b, c, d, e, f]: Matrix, [g, h, i, j, k, l]: Matrix): Matrix => [
  a * g + c * h,
  b * g + d * h,
  a * i + c * j,
  b * i + d * j,
  a * k + c * l + e,
  b * k + d * l + f,
];

function transformBox(matrix: Matrix, box: Box): Box {
  if (matrix === IDENTITY || box.x1 < box.x0) return box;
  const [a, b, c, d, e, f] = matrix;
  let moved = EMPTY;
  for (const x of [box.x0, box.x1])
    for (const y of [box.y0, box.y1]) {
      const [px, py] = [a * x + c * y + e, b * x + d * y + f];
      moved = union(moved, { x0: px, y0: py, x1: px, y1: py });
    }
  return moved;
}
