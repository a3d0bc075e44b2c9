// Gradients by layer: the steps of a layer are one vector; cells keep their colours, surrogates their panels.
import test from 'ava';
import { gradientNormFigure, normSpread } from '../../../src/studies/sgs-ablation/gradient-norms.js';
import { axisTitles, drawn, idsUnderPointer, notes, rounded } from '../../helpers/drawn.js';
import { evaluationOf } from '../../helpers/records.js';
import { madeRun } from '../../helpers/sweep.js';
import { isAsKept } from '../../helpers/whole-figure.js';

const run = (delta: number, beta: number, surrogate = 'rectangle') =>
  madeRun({ settings: { neuron: { delta, surrogate: { name: surrogate as 'atan' } }, lipschitz: { beta } } });
const both = run(1e-4, 1e-4);
const plain = run(0, 0);
const atan = run(0, 0, 'atan');
/** Two steps whose norms are `scale` times 3 and 4 in layer a, one of 2 in layer b. */
const probe = (of: typeof both, scale: number) =>
  evaluationOf(of, 'probe', [
    { layer: 'a', step: 1, gradientNorm: 3 * scale },
    { layer: 'a', step: 2, gradientNorm: 4 * scale },
    { layer: 'b', step: 1, gradientNorm: 2 * scale },
  ]);
const runs = [both, plain, atan];
const probes = [probe(both, 1.1), probe(plain, 1), probe(atan, 10)];

test('gradientNormFigure: √(3² + 4²) by layer, plain before both, a panel for each surrogate', (t) => {
  const figure = gradientNormFigure(runs, probes);
  isAsKept(t, 'sgs-ablation/gradient-norms', figure);
  t.deepEqual(drawn(figure), [
    { name: 'plain, no LR', x: ['a', 'b'], y: [5, 2], colour: 0 },
    { name: 'plain, no LR', x: ['a', 'b'], y: [50, 20], colour: 0, plot: 2 },
    { name: 'SGS δ = 0.0001, LR β = 0.0001', x: ['a', 'b'], y: [5.5, 2.2], colour: 3 },
  ]);
  t.deepEqual(axisTitles(figure), { xaxis: 'layer', yaxis: 'gradient norm', xaxis2: 'layer' });
  t.deepEqual(notes(figure), ['rectangle', 'atan']);
  t.is((figure.layout.yaxis2 as { matches: string }).matches, 'y');
  t.deepEqual(
    rounded((figure.layout.yaxis as { range: number[] }).range),
    rounded([Math.log10(2 / 1.15), Math.log10(50 * 1.15)]),
  );
  t.deepEqual(
    figure.data.map(({ showlegend }) => showlegend !== false),
    [true, false, true],
    'a name stands once in the legend',
  );
  t.deepEqual(idsUnderPointer(figure)[0], Array(2).fill(`${plain.id}<br>${probes[1].id}`));
});

test('normSpread: the layer where two cells of a surrogate are farthest apart; surrogates are not mixed', (t) => {
  t.is(rounded(normSpread(runs, probes)), 0.1);
  const uneven = evaluationOf(both, 'probe', [
    { layer: 'a', step: 1, gradientNorm: 6 },
    { layer: 'b', step: 1, gradientNorm: 1 },
  ]);
  t.is(rounded(normSpread(runs, [uneven, probes[1]])), 1); // 2 over 1
  t.is(normSpread(runs, probes.slice(0, 1)), 0);
  t.is(normSpread([], probes), 0);
});
