// Pictures in the report: the title band goes, everything else stays where it was.
import test from 'ava';
import { axis, theme, type Figure } from '../../src/figures/theme.js';
import { renderSvg } from '../../src/figures/render/render.js';
import { cropTitle, picture, untitled } from '../../src/report/picture.js';
import { line } from '../../src/figures/traces.js';

const figure: Figure = {
  data: line({ name: 'a', x: [1, 2], y: [3, 4] }),
  layout: theme({ title: { text: 'The title' }, xaxis: axis('epoch'), yaxis: axis('accuracy', '%') }),
};

test('cropTitle: the title’s text and band go, the axis titles stay; a picture without a title is left alone', async (t) => {
  const svg = await renderSvg(figure);
  const cropped = cropTitle(svg);
  t.regex(cropped, /^<svg [^>]* height="446" viewBox="0 34 800 446"/);
  t.notRegex(cropped, /<text[^>]*>The title/);
  t.regex(cropped, /accuracy \(%\)/);
  const { title: _title, ...layout } = figure.layout;
  const plain = await renderSvg({ ...figure, layout });
  t.is(cropTitle(plain), plain);
});

test('untitled: the live figure is lower by the band, as wide as the page, and its legend moves up', (t) => {
  const { layout } = untitled(figure);
  t.is(layout.title, undefined);
  t.is(layout.width, undefined);
  t.is(layout.height, 446);
  t.is((layout.legend as { y: number }).y, 1 - 12 / 446);
  t.is((figure.layout.title as { text: string }).text, 'The title', 'the given figure is left as it was');
});

test('picture: without an SVG it says what is needed; pictures of pictures stay still', (t) => {
  t.regex(picture(figure, null, 'd').text, /needs a browser.*<script type="text\/plain">/);
  const images = { ...figure, layout: { ...figure.layout, images: [{}] } };
  t.notRegex(picture(images, '<svg width="1" height="1"/>', 'd').text, /<script/);
  t.regex(picture(figure, '<svg/>', '"><script>').text, /alt="&quot;&gt;&lt;script&gt;"/);
});

test('picture: the still has the height of the live figure; its class says how narrow it may get', (t) => {
  const html = (layout: object, type = 'scatter'): string =>
    picture({ data: [{ type }], layout: { height: 500, title: 'a', ...layout } }, '<svg/>', 'd').text;
  const kind = (...given: Parameters<typeof html>): string | undefined =>
    /<div class="plot ?([a-z]*)" data-height="466"><img [^>]* width="(?:800|960)" height="466"/.exec(
      html(...given),
    )?.[1];
  t.is(kind({ width: 800 }), '');
  t.is(kind({ xaxis2: {} }), 'wide');
  t.is(kind({}, 'heatmap'), 'wide');
  t.is(kind({ width: 960 }), 'broad');
  t.is(kind({ xaxis: { visible: false } }), 'broad');
  t.is(kind({ width: 960, images: [{}] }), 'photograph');
  t.regex(html({ title: undefined }), /data-height="500"><img [^>]*height="500"/);
});
