// Static pictures: what is in them, that they are the same every time, and that nothing in them can run.
import test from 'ava';
import { JSDOM } from 'jsdom';
import { PNG } from 'pngjs';
import { SettingsError, UnsupportedError } from '../../../src/errors.js';
import { axis, label, theme, type Figure } from '../../../src/figures/theme.js';
import { heatmap } from '../../../src/figures/heatmap.js';
import { imageGrid } from '../../../src/figures/images.js';
import { renderPng, renderSvg } from '../../../src/figures/render/render.js';
import { textWidth } from '../../../src/figures/render/text.js';
import { line, points } from '../../../src/figures/traces.js';

const x = [0.02, 0.05, 0.1];
const curve: Figure = {
  data: [
    ...line({ name: 'with LR', x, y: [82, 80, 77], lower: [81, 79, 75], upper: [83, 81, 79], symbol: 0 }),
    ...line({ name: 'without LR', x, y: [77, 74, 66], colour: 1, dash: 1 }),
  ],
  layout: theme({
    title: { text: 'Accuracy & noise' },
    xaxis: axis('noise level'),
    yaxis: axis('test accuracy', '%'),
    annotations: [{ x: 0.05, y: 80, text: 'here', showarrow: true }],
  }),
};
const matrix: Figure = {
  data: [
    heatmap({
      z: [
        [9, 1],
        [2, 8],
      ],
      x: ['cat', 'dog'],
      y: ['cat', 'dog'],
      quantity: 'images',
      cellFormat: 'd',
    }),
  ],
  layout: theme({ xaxis: axis('predicted class'), yaxis: axis('true class') }),
};
const grid = imageGrid(
  [{ width: 2, height: 2, channels: 1, pixels: [0, 255, 255, 0], caption: 'checkers' }],
  { title: 'Pictures' },
);

// Drawn once, in this order; tests that ask for the same bytes draw again.
const drawn = new Map<Figure, Promise<string>>(
  [curve, matrix, grid].map((figure) => [figure, renderSvg(figure)]),
);
const svgOf = (figure: Figure): Promise<string> => drawn.get(figure) ?? renderSvg(figure);

const texts = (svg: string): string[] => {
  const { document } = new JSDOM(svg, { contentType: 'image/svg+xml' }).window;
  return Array.from(document.querySelectorAll('text'), (node) => node.textContent ?? '');
};

for (const [name, figure, expected] of [
  [
    'line and band',
    curve,
    ['Accuracy & noise', 'with LR', 'without LR', 'noise level', 'test accuracy (%)', 'here'],
  ],
  ['heat map', matrix, ['predicted class', 'true class', 'images', 'cat', 'dog', '9']],
  ['image grid', grid, ['Pictures', 'checkers']],
] as const)
  test(`${name}: valid SVG with its texts, no NaN, the same bytes when drawn again after another`, async (t) => {
    const svg = await svgOf(figure);
    t.is(await renderSvg(figure), svg);
    const found = texts(svg);
    for (const text of expected) t.true(found.includes(text), `${text} in ${found.join(' | ')}`);
    t.notRegex(svg, /NaN|="undefined|,undefined/);
    t.regex(svg, /^<svg role="img"[^>]* width="\d+" height="\d+"/);
    t.regex(svg, /DejaVu Sans, Verdana/);
  });

test('the band is a filled path, the heat map one picture per trace, images are data', async (t) => {
  t.regex(await svgOf(curve), /fill: rgb\(0, 114, 178\); fill-opacity: 0\.25/);
  for (const figure of [matrix, grid])
    t.is((await svgOf(figure)).match(/href="data:image\/png;base64,/g)?.length, 1);
});

test('ids are the figure’s own: every reference has its target, two figures share none', async (t) => {
  const ids = (svg: string): string[] => [...svg.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
  const [a, b] = [await svgOf(curve), await svgOf(matrix)];
  t.true(ids(a).length > 0);
  for (const svg of [a, b])
    for (const [, id] of svg.matchAll(/url\(#([^)]+)\)/g)) t.true(ids(svg).includes(id), id);
  t.deepEqual(
    ids(a).filter((id) => ids(b).includes(id)),
    [],
  );
});

test('legend entries stand beside and below one another: their widths are measured', async (t) => {
  const names = [
    'short',
    'a second entry with quite a long name',
    'a third entry that needs a line of its own, nearly',
  ];
  const svg = await renderSvg({
    data: names.map((name, colour) => points({ name, x, y: [colour, 1, 2], colour })),
    layout: theme({ xaxis: axis('x'), yaxis: axis('y') }),
  });
  const { document } = new JSDOM(svg, { contentType: 'image/svg+xml' }).window;
  const right = new Map<string, number>();
  for (const [i, group] of Array.from(document.querySelectorAll('.groups')).entries()) {
    const text = group.querySelector('text');
    const [left = 0, top = 0] = (group.getAttribute('transform')?.match(/[\d.]+/g) ?? []).map(Number);
    t.is(text?.textContent, names[i]);
    t.true(left >= (right.get(String(top)) ?? 0), names[i]);
    const width = textWidth(names[i], { size: 12.5, bold: false, italic: false });
    right.set(String(top), left + Number(text?.getAttribute('x')) + width);
  }
  t.true(Math.max(...right.values()) < 800);
});

test('hostile names, titles and categories stay text', async (t) => {
  const text =
    '</script><script>alert(1)</script><img src=x onerror=alert(2)><a href="https://example.org">y</a>';
  const svg = await renderSvg({
    data: line({ name: text, x: ['__proto__', text], y: [1, 2] }),
    layout: theme({ title: { text: label(text) }, xaxis: axis(text), yaxis: axis('y'), showlegend: true }),
  });
  const { document } = new JSDOM(svg, { contentType: 'image/svg+xml' }).window;
  t.is(document.querySelectorAll('script, img, a, foreignObject').length, 0);
  t.is(document.querySelector('title')?.textContent, text);
  t.true(texts(svg).filter((found) => found === text).length >= 3);
});

test('control characters, halves of pairs and what is no character become U+FFFD: the SVG stays well-formed', async (t) => {
  const hostile = 'a\x1b[31m\0\x07\x9b\ud800\uffffz';
  const svg = await renderSvg({
    data: [{ type: 'bar', x: [hostile, 'b'], y: [1, 2], name: hostile, text: [hostile, ''] }],
    layout: theme({
      title: { text: hostile },
      xaxis: axis(hostile),
      yaxis: axis('y'),
      showlegend: true,
      annotations: [{ x: 0, y: 1, text: hostile }],
    }),
  });
  const { document } = new JSDOM(svg, { contentType: 'image/svg+xml' }).window; // throws where it is no XML
  t.true(document.documentElement.textContent.includes('a\ufffd[31m\ufffd\ufffd\ufffd\ufffd\ufffdz'));
  t.is(document.querySelector('title')!.textContent, 'a\ufffd[31m\ufffd\ufffd\ufffd\ufffd\ufffdz');
  t.true((await renderPng(svg)).length > 1000);
});

test('the figure itself is left as it was, and its size can be asked for', async (t) => {
  const before = structuredClone(curve);
  t.regex(await renderSvg(curve, { width: 400, height: 300 }), / width="400" height="300"/);
  t.deepEqual(curve, before);
});

test('PNG: twice the size by default, white ground, ink on it, the same bytes again', async (t) => {
  const svg = await svgOf(curve);
  const bytes = await renderPng(svg);
  const png = PNG.sync.read(Buffer.from(bytes));
  t.deepEqual([png.width, png.height], [1600, 960]);
  t.deepEqual([...png.data.subarray(0, 4)], [255, 255, 255, 255]);
  const colours = new Set<number>();
  for (let i = 0; i < png.data.length; i += 4) colours.add(png.data.readUInt32BE(i));
  t.true(colours.has(0x0072b2ff) && colours.has(0xd55e00ff), 'both lines are drawn');
  t.true(colours.size > 100, 'letters have soft edges');
  t.deepEqual(await renderPng(svg), bytes);
  t.is(PNG.sync.read(Buffer.from(await renderPng(svg, { width: 320 }))).width, 320);
});

test('PNG: the heat map’s cells keep hard edges and their colours', async (t) => {
  const png = PNG.sync.read(Buffer.from(await renderPng(await svgOf(matrix))));
  const count = new Map<number, number>();
  for (let i = 0; i < png.data.length; i += 4) {
    const colour = png.data.readUInt32BE(i);
    count.set(colour, (count.get(colour) ?? 0) + 1);
  }
  const large = [...count].filter(([, pixels]) => pixels > 50_000);
  t.is(large.length, 5, 'white and four cells');
});

test('what cannot be drawn is refused: WebGL traces by name, sizes that are none', async (t) => {
  const cloud: Figure = { data: [{ type: 'scatter3d', x, y: x, z: x }], layout: {} };
  await t.throwsAsync(renderSvg(cloud), { instanceOf: UnsupportedError, message: /scatter3d.*projections/ });
  await t.throwsAsync(renderSvg(curve, { width: 1 }), { instanceOf: SettingsError, message: /1 × 480/ });
  t.regex(await renderSvg(curve), /^<svg/, 'and the next figure is drawn');
});
