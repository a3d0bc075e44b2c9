// The theme: what it sets, what wins over it, and text that stays text.
import test from 'ava';
import { SettingsError } from '../../src/errors.js';
import {
  DARK_TEMPLATE,
  DASHES,
  FONT_FAMILY,
  LIGHT_TEMPLATE,
  PALETTE,
  PATTERNS,
  SYMBOLS,
  axis,
  colourOf,
  label,
  theme,
  titleText,
} from '../../src/figures/theme.js';
import { canonicalJson, sha256 } from '../../src/hash.js';

/** Relative luminance and contrast after WCAG 2. */
const luminance = (hex: string): number => {
  const [r, g, b] = [1, 3, 5].map((at) => {
    const share = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return share <= 0.03928 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
};
const contrast = (a: string, b: string): number => {
  const [dark, light] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (light + 0.05) / (dark + 0.05);
};

test('every palette colour has contrast above 2 on white and on the dark page, text above 7', (t) => {
  for (const template of [LIGHT_TEMPLATE, DARK_TEMPLATE]) {
    const { paper_bgcolor: paper, font } = template.layout as {
      paper_bgcolor: string;
      font: { color: string };
    };
    for (const colour of PALETTE) t.true(contrast(colour, paper) > 2, `${colour} on ${paper}`);
    t.true(contrast(font.color, paper) > 7);
  }
  t.is(new Set(PALETTE).size, PALETTE.length);
  t.is(colourOf(PALETTE.length + 1), PALETTE[1]);
  t.is(colourOf('#123456'), '#123456');
});

test('theme: 800 × 480 unless asked otherwise; given settings win; the shared template is not handed out', (t) => {
  const layout = theme({ height: 300, xaxis: axis('epoch'), legend: { orientation: 'v' } });
  t.is(layout.width, 800);
  t.is(layout.height, 300);
  t.is((layout.legend as { orientation: string }).orientation, 'v');
  t.deepEqual(layout.template, LIGHT_TEMPLATE);
  t.not(layout.template, LIGHT_TEMPLATE);
});

test('theme: an axis without a title is refused, a hidden one and one that follows another are not', (t) => {
  t.throws(() => theme({ yaxis: { range: [0, 1] } }), {
    instanceOf: SettingsError,
    message: /yaxis has no title.*unit/,
  });
  t.notThrows(() => theme({ xaxis: { visible: false }, xaxis2: { matches: 'x' } }));
});

test('axis: the unit stands in brackets; a logarithmic axis has one label a decade', (t) => {
  t.deepEqual(axis('accuracy', '%').title, { text: 'accuracy (%)' });
  t.deepEqual(axis('δ').title, { text: 'δ' });
  t.is(axis('δ', undefined, { type: 'log' }).dtick, 1);
});

test('label: what Plotly would read as markup shows as text; titleText reads it back', (t) => {
  const text = '<a href="x">y</a> & </script>';
  t.is(label(text), '&lt;a href="x"&gt;y&lt;/a&gt; &amp; &lt;/script&gt;');
  t.is(titleText({ data: [], layout: { title: { text: label(text) } } }), text);
  t.is(titleText({ data: [], layout: { title: 'a<br>b' } }), 'a b');
  t.is(titleText({ data: [], layout: {} }), null);
});

test('theme: title and legend stand as many pixels below the edge at every height', (t) => {
  for (const height of [260, 480, 1100]) {
    const { title, legend } = theme({ height, title: { text: 'a' } }) as {
      title: { y: number };
      legend: { y: number };
    };
    t.is(Math.round((1 - title.y) * height), 19);
    t.is(Math.round((1 - legend.y) * height), 46);
  }
  t.false('title' in theme({}));
  const { legend } = theme({ height: 400 }) as { legend: { y: number } };
  t.is(Math.round((1 - legend.y) * 400), 12, 'without a title the legend stands at the edge');
});

test('PALETTE: the order that figures give a meaning to: blue, orange, green, purple, yellow, light blue, grey', (t) => {
  t.deepEqual(PALETTE, ['#0072B2', '#D55E00', '#009E73', '#CC79A7', '#E69F00', '#56B4E9', '#7F7F7F']);
  t.deepEqual((LIGHT_TEMPLATE.layout as { colorway: string[] }).colorway, [...PALETTE]);
});

test('golden digest: templates, dashes, symbols and hatchings; a change of one changes every committed figure', (t) => {
  const whole = [LIGHT_TEMPLATE, DARK_TEMPLATE, DASHES, SYMBOLS, PATTERNS, FONT_FAMILY];
  t.is(sha256(canonicalJson(whole)), '16966d056333c5afbe3e3fc752a6901b7dd850c4113b64ace09c3b8f5923d60b');
});

test('theme: the title as text or as an object keeps its place unless one is given; what is no axis needs no title', (t) => {
  t.deepEqual(theme({ title: 'a', height: 190 }).title, { y: 0.9, text: 'a' });
  t.deepEqual(theme({ title: { text: 'a', y: 0.5 } }).title, { text: 'a', y: 0.5 });
  t.is((theme({ legend: { y: 2 } }).legend as { y: number }).y, 2);
  t.notThrows(() => theme({ yaxis_like: {}, myaxis: {} }));
  t.throws(() => theme({ xaxis12: {} }), { message: /^theme: xaxis12 has no title/ });
});
