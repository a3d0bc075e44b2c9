import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import test from 'ava';
import { cividis } from '../../src/figures/colours.js';

test('cividis: the ends and a mixture of neighbours, as Plotly has them', (t) => {
  t.is(cividis(0), 'rgb(0, 32, 76)');
  t.is(cividis(1), 'rgb(255, 233, 69)');
  t.is(cividis(8 / 17), 'rgb(117, 117, 117)');
  t.is(cividis(0.5 / 17), 'rgb(0, 37, 89)');
  t.is(cividis(-1), cividis(0));
  t.is(cividis(2), cividis(1));
});

test('cividis: every colour of the scale is that of plotly.js', (t) => {
  const bundle = readFileSync(createRequire(import.meta.url).resolve('plotly.js-dist'), 'utf8');
  const scale = /Cividis: \[(.*?)\]\s*\]/s.exec(bundle)![1];
  const stops = [...scale.matchAll(/\[([\d.]+), "rgb\((\d+), ?(\d+), ?(\d+)\)"/g)];
  t.is(stops.length, 18);
  stops.forEach(([, , ...rgb], i) => t.is(cividis(i / 17), `rgb(${rgb.join(', ')})`));
});
