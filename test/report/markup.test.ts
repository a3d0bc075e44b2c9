// The template tag: text is escaped, markup is not, and there is no third way.
import test from 'ava';
import { Markup, markup } from '../../src/report/markup.js';

test('markup: text and numbers are escaped, nothing is nothing, lists are joined', (t) => {
  t.is(
    markup`<p title="${'"><b>'}">${'<i>'}${1}${null}${['a', '&']}</p>`.text,
    '<p title="&quot;&gt;&lt;b&gt;">&lt;i&gt;1a&amp;</p>',
  );
});

test('markup: markup within markup stays, also in nested lists', (t) => {
  t.is(markup`${[[markup`<b>${'<'}</b>`], new Markup('<hr>')]}`.text, '<b>&lt;</b><hr>');
});
