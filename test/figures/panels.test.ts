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
