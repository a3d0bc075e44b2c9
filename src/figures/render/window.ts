// One browser window without a browser: jsdom with what Plotly asks for and jsdom lacks, and Plotly loaded in it.
// Tests: test/figures/render/render.test.ts.
import { readFileSync } from 'node:fs';
import { TextDecoder, TextEncoder } from 'node:util';
import { Script, type Context } from 'node:vm';
import { localBox, pageBox, type Box, type SvgNode } from './box.js';
import { Canvas } from './canvas.js';
import { loadOptional, locateOptional } from './optional.js';

/** The part of Plotly that drawing uses. */
interface Plotly {
  newPlot(element: unknown, data: unknown, layout: unknown, config: unknown): Promise<unknown>;
  purge(element: unknown): void;
  Snapshot: { toSVG(element: unknown, format: 'svg', scale: number): string };
}

interface DomElement {
  remove(): void;
}

interface DomWindow {
  Plotly: Plotly;
  JSON: JSON;
  Math: Math;
  document: { createElement(name: string): DomElement; body: { appendChild(element: DomElement): void } };
  [name: string]: unknown;
}

interface Jsdom {
  JSDOM: new (html: string, options: object) => { window: DomWindow; getInternalVMContext(): Context };
  VirtualConsole: new () => object;
}

const PURPOSE = 'drawing a figure as SVG';

let opened: DomWindow | undefined;

/** The window that figures are drawn in: made on first use (about a second), then kept. */
export function plotlyWindow(): DomWindow {
  if (opened !== undefined) return opened;
  const { JSDOM, VirtualConsole } = loadOptional<Jsdom>('jsdom', PURPOSE);
  const source = readFileSync(locateOptional('plotly.js-dist', PURPOSE), 'utf8');
  // outside-only: the window runs what we run in it, never a script of a page.
  const dom = new JSDOM('<!doctype html><title>figures</title>', {
    runScripts: 'outside-only',
    pretendToBeVisual: true,
    virtualConsole: new VirtualConsole(),
  });
  completeWindow(dom.window);
  new Script(source, { filename: 'plotly.js' }).runInContext(dom.getInternalVMContext());
  opened = dom.window;
  return opened;
}

/**
 * Makes the window's `Math.random` start again at a fixed sequence. Plotly names clip paths and traces with
 * it; the names have to differ from one another, and now they are the same every time.
 */
export function restartNames(window: DomWindow): void {
  let state = 0;
  window.Math.random = () => {
    state = (state + 0.6180339887498949) % 1;
    return state;
  };
}

function completeWindow(window: DomWindow): void {
  const prototypeOf = (name: string): object => (window[name] as { prototype: object }).prototype;
  const observer = class {
    observe(): void {}
    unobserve(): void {}
    disconnect(): void {}
  };
  Object.assign(window, {
    TextDecoder,
    TextEncoder,
    ResizeObserver: observer,
    Worker: class {},
    matchMedia: () => ({ matches: false, addListener: () => {}, removeListener: () => {} }),
    // Claims no CSS, so that heat maps are drawn at full size: not every viewer of SVG magnifies without smoothing.
    CSS: { supports: () => false },
  });
  (window.URL as { createObjectURL?: () => string }).createObjectURL = () => 'blob:none';

  Object.assign(prototypeOf('SVGElement'), {
    getBBox(this: SvgNode) {
      return rectangle(localBox(this));
    },
    getBoundingClientRect(this: SvgNode) {
      return rectangle(pageBox(this));
    },
    getComputedTextLength(this: SvgNode) {
      return rectangle(localBox(this)).width;
    },
    getTotalLength(this: SvgNode) {
      const [x0, y0, x1, y1] = segment(this);
      return Math.hypot(x1 - x0, y1 - y0);
    },
    getPointAtLength(this: SvgNode, length: number) {
      const [x0, y0, x1, y1] = segment(this);
      const share = length / (Math.hypot(x1 - x0, y1 - y0) || 1);
      return { x: x0 + share * (x1 - x0), y: y0 + share * (y1 - y0) };
    },
  });

  const canvases = new WeakMap<object, Canvas>();
  Object.assign(prototypeOf('HTMLCanvasElement'), {
    // The first drawing fixes the size, as Plotly sets it before it asks for the context.
    getContext(this: { width: number; height: number }, kind: string) {
      if (kind !== '2d') return null;
      const canvas = canvases.get(this) ?? new Canvas(this.width, this.height);
      canvases.set(this, canvas);
      return canvas;
    },
    toDataURL(this: object) {
      return canvases.get(this)?.toDataURL() ?? 'data:,';
    },
  });
}

/** Ends of a straight path: the only paths Plotly measures outside contour plots are arrows. */
function segment(node: SvgNode): number[] {
  const numbers = (node.getAttribute('d') ?? '').match(/-?[\d.]+(e-?\d+)?/g)?.map(Number) ?? [];
  return [...numbers.slice(0, 2), ...numbers.slice(-2)];
}

function rectangle(
  box: Box,
): Record<'x' | 'y' | 'left' | 'top' | 'right' | 'bottom' | 'width' | 'height', number> {
  const { x0, y0, x1, y1 } = box.x1 < box.x0 || box.y1 < box.y0 ? { x0: 0, y0: 0, x1: 0, y1: 0 } : box;
  return { x: x0, y: y0, left: x0, top: y0, right: x1, bottom: y1, width: x1 - x0, height: y1 - y0 };
}
