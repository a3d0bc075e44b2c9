// Norms of layers: three kinds of bars, a panel for each network, on one scale.
import test from 'ava';
import { normFigure } from '../../../src/studies/lipschitz-sweep/layer-norms.js';
import { axisTitles, drawn, notes } from '../../helpers/drawn.js';
import { evaluationOf, sampleRun } from '../../helpers/records.js';
import { isAsKept } from '../../helpers/whole-figure.js';

const spectra = (scale: number) =>
  evaluationOf(sampleRun(), 'spectra', [
    { row: 'layer', layer: 'conv1', operatorNorm: 3 * scale, plainNorm: 2 * scale, matrixNorm: scale },
    { row: 'layer', layer: 'fc', operatorNorm: 6 * scale, plainNorm: 5 * scale, matrixNorm: 4 * scale },
    { row: 'index', operatorNorm: 99, plainNorm: 99, matrixNorm: 99 },
  ]);

test('normFigure: with batch norm blue, alone orange, reshaped kernel green, by layer and network', (t) => {
  const figure = normFigure([
    { record: spectra(1), title: 'without LR' },
    { record: spectra(10), title: 'with LR' },
  ]);
  isAsKept(t, 'lipschitz-sweep/layer-norms', figure);
  const x = ['conv1', 'fc'];
  const bars = (scale: number, plot: object) => [
    { name: 'operator, batch norm folded in', x, y: [3 * scale, 6 * scale], colour: 0, ...plot },
    { name: 'operator alone', x, y: [2 * scale, 5 * scale], colour: 1, ...plot },
    { name: 'reshaped kernel (what LR acts on)', x, y: [scale, 4 * scale], colour: 2, ...plot },
  ];
  t.deepEqual(drawn(figure), [...bars(1, {}), ...bars(10, { plot: 2 })]);
  t.deepEqual(notes(figure), ['without LR', 'with LR']);
  const y = 'largest singular value';
  t.deepEqual(axisTitles(figure), { xaxis: 'layer', yaxis: y, xaxis2: 'layer', yaxis2: y });
  for (const name of ['yaxis', 'yaxis2'])
    t.deepEqual((figure.layout[name] as { range: number[] }).range, [0, 63]); // 1.05 · 60
});
