import { runInNewContext } from 'node:vm';
import test from 'ava';
import { SettingsError } from '../src/errors.js';
import {
  csvCell,
  escapeHtml,
  escapeMarkdown,
  escapeXml,
  inertLines,
  inertText,
  jsonForScript,
  minusInText,
  scriptLiteral,
  withMinus,
  xmlCharacters,
} from '../src/text.js';

const HOSTILE = '</script><script>alert(1)</script><!-- & "x" \'y\' \u2028\u2029';

test('escapeHtml: no character of markup is left, in content or in attributes', (t) => {
  t.is(escapeHtml(`<b a="1" c='2'>&amp;`), '&lt;b a=&quot;1&quot; c=&#39;2&#39;&gt;&amp;amp;');
  t.notRegex(escapeHtml(HOSTILE), /[<>"']/);
});

test('jsonForScript: cannot end a script element, and parses back to the same value', (t) => {
  const value = { [HOSTILE]: [HOSTILE, 1.5, null], nested: { ok: true } };
  const text = jsonForScript(value);
  t.notRegex(text, /[<>&\u2028\u2029]/);
  t.deepEqual(JSON.parse(text), value);
});

test('jsonForScript: a value without JSON text is refused', (t) => {
  t.throws(() => jsonForScript(undefined), {
    instanceOf: SettingsError,
    message: /undefined has no JSON text/,
  });
  t.throws(() => jsonForScript(() => 1), { instanceOf: SettingsError, message: /function has no JSON text/ });
});

test('scriptLiteral: evaluates to the same value, __proto__ included, and cannot end a script element', (t) => {
  const value: unknown = JSON.parse(`{"__proto__": {"polluted": 1}, "a": ${JSON.stringify(HOSTILE)}}`);
  const expression = scriptLiteral(value);
  t.notRegex(expression, /[<>&\u2028\u2029]/);
  const back = runInNewContext(`JSON.stringify(${expression})`) as string;
  t.is(back, JSON.stringify(value));
  t.is(runInNewContext(`(${expression}).polluted`), undefined);
});

test('escapeMarkdown: bars, markup, HTML, formulas and line breaks are plain in a table cell', (t) => {
  t.is(escapeMarkdown('a|b\\|c'), 'a\\|b\\\\\\|c');
  t.is(
    escapeMarkdown('**x** _y_ `z` [l](u) ![i](u) $m$'),
    '\\*\\*x\\*\\* \\_y\\_ \\`z\\` \\[l\\](u) \\!\\[i\\](u) \\$m\\$',
  );
  t.is(escapeMarkdown('<img src=x onerror=1> & \r\n| next'), '&lt;img src=x onerror=1&gt; &amp; \\| next');
});

test('csvCell: text that would start a formula gets an apostrophe', (t) => {
  t.is(csvCell('=1+1'), "'=1+1");
  t.is(csvCell('+SUM(A1)'), "'+SUM(A1)");
  t.is(csvCell('-2+3'), "'-2+3");
  t.is(csvCell('@cmd'), "'@cmd");
  t.is(csvCell(' =1'), "' =1");
  t.is(csvCell('＝1'), "'＝1");
  t.is(csvCell('\t=1'), '"\'\t=1"');
  t.is(csvCell('\r=1'), '"\'\r=1"');
  t.is(csvCell('=HYPERLINK("http://x","y")'), '"\'=HYPERLINK(""http://x"",""y"")"');
});

test('csvCell: numbers stay numbers, absent values stay empty, quotes follow RFC 4180', (t) => {
  t.deepEqual([-1.5, 1e-7, 0, 12n, true].map(csvCell), ['-1.5', '1e-7', '0', '12', 'true']);
  t.deepEqual(['-1.5', '+3', '1e-7', '-.5'].map(csvCell), ['-1.5', '+3', '1e-7', '-.5']);
  t.deepEqual([null, undefined, ''].map(csvCell), ['', '', '']);
  t.deepEqual(['a', 'a,b', 'a"b', 'a\nb', 'a b'].map(csvCell), ['a', '"a,b"', '"a""b"', '"a\nb"', 'a b']);
});

const CONTROLS = Array.from({ length: 0xa0 }, (_, code) => String.fromCharCode(code)).filter((character) =>
  // oxlint-disable-next-line no-control-regex
  /[\0-\x1f\x7f-\x9f]/.test(character),
);
const BIDI = [...'\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069'];

test('inertText: every control and direction character is spelled out, all else stays', (t) => {
  for (const character of [...CONTROLS, ...BIDI, '\u2028', '\u2029']) {
    const code = character.charCodeAt(0).toString(16).padStart(4, '0');
    t.is(inertText(`a${character}b`), `a\\u${code}b`);
    t.is(inertLines(`a${character}b`), '\n\t'.includes(character) ? `a${character}b` : `a\\u${code}b`);
  }
  for (const text of ['größe θ = ½, 😀 – “x”', '', 'a\\b', 'שלום', '日本']) t.is(inertText(text), text);
  t.is(JSON.parse(inertText(JSON.stringify('\x7f\x9b\u202e'))), '\x7f\x9b\u202e', 'JSON stays the same JSON');
});

test('escapeXml: markup is escaped, what XML cannot hold becomes U+FFFD, tabs and line ends stay', (t) => {
  t.is(escapeXml('<a b="c">&\'</a>'), '&lt;a b=&quot;c&quot;&gt;&amp;&#39;&lt;/a&gt;');
  for (const character of CONTROLS)
    t.is(escapeXml(`a${character}b`), '\t\n\r'.includes(character) ? `a${character}b` : 'a\ufffdb');
  t.is(escapeXml('\ud800 \udc00 \ufffe \uffff 😀'), '\ufffd \ufffd \ufffd \ufffd 😀');
  t.is(xmlCharacters('<\x1b>'), '<\ufffd>');
});

test('withMinus: the sign in front is a minus, an exponent is left as it is', (t) => {
  t.is(withMinus('-0.42'), '−0.42');
  t.is(withMinus('1e-4'), '1e-4');
  t.is(withMinus('-1e-4'), '−1e-4');
});

test('minusInText: signs of numbers change; words, dates, ranges and exponents do not', (t) => {
  t.is(minusInText('-0.42 points [-0.59, -0.25]'), '−0.42 points [−0.59, −0.25]');
  for (const text of [
    'gaussian-pixel-sigma',
    'run-0201cf2a',
    'resnet-19',
    '2026-11-26',
    '1e-4',
    '30-40',
    'a - b',
    '--seed',
  ])
    t.is(minusInText(text), text);
});
