// Boxes of SVG elements against hand-computed ones.
import test from 'ava';
import { JSDOM } from 'jsdom';
import { localBox, pageBox, type Box, type SvgNode } from '../../../src/figures/render/box.js';

/** A digit zero at 20.48 pixels is 13.03 wide, 19.01 above and 4.83 below the baseline. */
const STYLE = 'font-size: 20.48px';

function element(markup: string, id = 'it'): SvgNode {
  const { document } = new JSDOM(`<svg xmlns="http://www.w3.org/2000/svg">${markup}</svg>`).window;
  return document.getElementById(id) as unknown as SvgNode;
}

const close = (box: Box, [x0, y0, x1, y1]: number[]): boolean =>
  [box.x0 - x0, box.y0 - y0, box.x1 - x1, box.y1 - y1].every((off) => Math.abs(off) < 1e-9);

for (const [anchor, left] of [
  ['start', 0],
  ['middle', 13.03],
  ['end', 26.06],
] as const)
  test(`text anchored at its ${anchor}: two zeros from x = 100, within 1e-9`, (t) => {
    const node = element(`<text id="it" x="100" y="50" text-anchor="${anchor}" style="${STYLE}">00</text>`);
    t.true(close(localBox(node), [100 - left, 50 - 19.01, 126.06 - left, 54.83]));
  });

test('lines of a text: the longest decides the width, the last the foot', (t) => {
  const node = element(
    `<text id="it" y="10" style="${STYLE}"><tspan x="0" dy="0em">000</tspan><tspan x="0" dy="1.5em">0</tspan></text>`,
  );
  t.true(close(localBox(node), [0, 10 - 19.01, 39.09, 10 + 1.5 * 20.48 + 4.83]));
});

test('a font size given in per cent or by an outer element counts', (t) => {
  const node = element(
    `<g style="${STYLE}"><text id="it"><tspan style="font-size: 50%">0</tspan><tspan>0</tspan></text></g>`,
  );
  t.true(Math.abs(localBox(node).x1 - 13.03 * 1.5) < 1e-9);
});

test('groups join their children where these are moved, scaled and turned to', (t) => {
  const node = element(`<g id="it">
    <rect x="1" y="2" width="3" height="4"/>
    <g transform="translate(10,20)scale(2)"><rect width="1" height="1"/></g>
    <rect transform="rotate(90)" x="0" y="0" width="5" height="1"/>
    <rect style="display: none" width="1000" height="1000"/>
  </g>`);
  t.true(close(localBox(node), [-1, 0, 12, 22]));
});

test('turning about a point keeps that point', (t) => {
  const node = element(
    `<g id="it"><rect transform="rotate(-90, 10, 20)" x="10" y="20" width="4" height="2"/></g>`,
  );
  t.true(close(localBox(node), [10, 16, 12, 20]));
});

test('pageBox adds the transforms of the element and of all around it', (t) => {
  const node = element(
    `<g transform="translate(100,0)"><rect id="it" transform="translate(0,50)" width="2" height="2"/></g>`,
  );
  t.true(close(pageBox(node), [100, 50, 102, 52]));
  t.true(close(localBox(node), [0, 0, 2, 2]));
});

test('what has no size is empty', (t) => {
  const box = localBox(element(`<path id="it" d="M0,0L5,5"/>`));
  t.true(box.x1 < box.x0);
});
