// Several plots in one figure: where they stand.
import test from 'ava';
import { axis, theme } from '../../src/figures/theme.js';
import { panels } from '../../src/figures/panels.js';

const panel = (title: string) => ({ title, xaxis: axis('x'), yaxis: axis('y') });

test('panels: rows from the top, columns from the left, no overlap, within [0, 1]', (t) => {
  const layout = panels(['a', 'b', 'c', 'd', 'e'].map(panel), { columns: 3 });
  const domain = (name: string): [number, number] => (layout[name] as { domain: [number, number] }).domain;
  for (const n of ['', '2', '3', '4', '5'])
    for (const name of [`xaxis${n}`, `yaxis${n}`]) {
      const [low, high] = domain(name);
      t.true(low >= 0 && low < high && high <= 1, name);
    }
  t.true(domain('xaxis')[1] < domain('xaxis2')[0] && domain('xaxis2')[1] < domain('xaxis3')[0]);
  t.true(domain('yaxis4')[1] < domain('yaxis')[0]);
  t.deepEqual(domain('xaxis4'), domain('xaxis'));
  t.notThrows(() => theme(layout));
});

test('panels: headings are shown as they are', (t) => {
  const { annotations } = panels([panel('v < o & <b>')], { columns: 1 });
  t.like(annotations, [{ text: 'v &lt; o &amp; &lt;b&gt;', xref: 'x domain', yref: 'y domain' }]);
});

test('panels: each at its place with its own axes and heading', (t) => {
  const layout = panels(
    ['a', 'b', 'c'].map((title) => ({ title, xaxis: axis(`x of ${title}`), yaxis: axis(`y of ${title}`) })),
    {
      columns: 2,
      gapX: 0.2,
      gapY: 0.145,
    },
  );
  // Two columns of (1 − 0.2)/2; two rows of (1 − 0.055 − 0.145)/2 below the headroom.
  const at = (name: string): unknown[] => {
    const { domain, anchor, title } = layout[name] as {
      domain: number[];
      anchor: string;
      title: { text: string };
    };
    return [domain.map((edge) => Number(edge.toFixed(6))), anchor, title.text];
  };
  t.deepEqual(['xaxis', 'yaxis', 'xaxis2', 'yaxis2', 'xaxis3', 'yaxis3'].map(at), [
    [[0, 0.4], 'y', 'x of a'],
    [[0.545, 0.945], 'x', 'y of a'],
    [[0.6, 1], 'y2', 'x of b'],
    [[0.545, 0.945], 'x2', 'y of b'],
    [[0, 0.4], 'y3', 'x of c'],
    [[0, 0.4], 'x3', 'y of c'],
  ]);
  t.deepEqual(
    (layout.annotations as Record<string, string>[]).map(({ text, xref, yref }) => [text, xref, yref]),
    [
      ['a', 'x domain', 'y domain'],
      ['b', 'x2 domain', 'y2 domain'],
      ['c', 'x3 domain', 'y3 domain'],
    ],
  );
});
