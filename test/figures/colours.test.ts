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
