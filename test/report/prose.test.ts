import test from 'ava';
import { prose, proseMarkdown } from '../../src/report/prose.js';

test('prose: code, strong and emphasis; markup in the text and inside marks stays text', (t) => {
  t.is(
    prose('LR, `(β/2)·Σ ‖W*W‖²`, for *T* = 2 is **not** a * b.').text,
    'LR, <code>(β/2)·Σ ‖W*W‖²</code>, for <em>T</em> = 2 is <strong>not</strong> a * b.',
  );
  t.is(
    prose('<img src=x> `</code><script>` [a](javascript:b)').text,
    '&lt;img src=x&gt; <code>&lt;/code&gt;&lt;script&gt;</code> [a](javascript:b)',
  );
});

test('proseMarkdown: the marks stay, everything else is made inert', (t) => {
  t.is(
    proseMarkdown('`a|b` for *T* = 2 is **not** a * b; <img src=x> [a](javascript:b)'),
    '`a|b` for *T* = 2 is **not** a \\* b; &lt;img src=x&gt; \\[a\\](javascript:b)',
  );
});
