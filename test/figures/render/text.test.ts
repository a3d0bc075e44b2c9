// Text measured in DejaVu Sans: advances read off the font's own table.
import { existsSync } from 'node:fs';
import test from 'ava';
import { fontFiles, lineExtent, textWidth, type Font } from '../../../src/figures/render/text.js';

const plain: Font = { size: 2048, bold: false, italic: false };

test('textWidth: at 2048 pixels a width is the font’s advance: zero 1303, space 651, M 1767', (t) => {
  t.is(textWidth('0', plain), 1303);
  t.is(textWidth(' ', plain), 651);
  t.is(textWidth('M', plain), 1767);
  t.is(textWidth('00', plain), 2606);
});

test('textWidth: scales with size, grows with weight, skips zero-width spaces, knows Greek and signs', (t) => {
  t.is(textWidth('0', { ...plain, size: 12 }), (1303 * 12) / 2048);
  t.true(textWidth('accuracy', { ...plain, bold: true }) > textWidth('accuracy', plain));
  t.is(textWidth('\u200b0\u200b', plain), 1303);
  t.true(textWidth('δ', plain) > 1000 && textWidth('−', plain) > 1000);
  t.is(textWidth('', plain), 0);
});

test('textWidth: kerning brings a pair such as AV closer', (t) => {
  t.true(textWidth('AV', plain) < textWidth('A', plain) + textWidth('V', plain));
});

test('lineExtent: 1901 above and 483 below the baseline of 2048', (t) => {
  t.deepEqual(lineExtent(plain), { ascent: 1901, descent: 483 });
});

test('the four font files exist', (t) => {
  t.is(fontFiles().filter((file) => existsSync(file)).length, 4);
});
