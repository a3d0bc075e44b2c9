// Where parameters and operations of a network sit, counted by hand.
import test from 'ava';
import { costFigure } from '../../../src/studies/architecture/network-cost.js';
import { axisTitles, drawn, notes } from '../../helpers/drawn.js';
import { tinyNetwork } from '../../helpers/tiny-network.js';
import { isAsKept } from '../../helpers/whole-figure.js';

test('costFigure: millions of MACs above, thousands of parameters with batch norm below, by layer', (t) => {
  const figure = costFigure(tinyNetwork);
  isAsKept(t, 'architecture/network-cost', figure);
  const x = ['conv', 'fc'];
  // 4·4 pixels · 8 · 3·3·3 = 3,456 and 128·10; 8·27 + 2·8 = 232 and 128·10 + 10.
  t.deepEqual(drawn(figure), [
    { name: 'MACs', x, y: [0.003456, 0.00128], colour: 0 },
    { name: 'parameters', x, y: [0.232, 1.29], colour: 1, plot: 2 },
  ]);
  t.deepEqual(axisTitles(figure), { yaxis: 'MACs (10⁶)', xaxis2: 'layer', yaxis2: 'parameters (10³)' });
  t.deepEqual(notes(figure), ['multiply–accumulates of one image and step', 'trainable parameters']);
  t.is((figure.layout.title as { text: string }).text, 'tiny: where operations and parameters sit');
});
