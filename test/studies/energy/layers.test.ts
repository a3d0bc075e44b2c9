// Energy records drawn layer by layer.
import test from 'ava';
import type { LayerEnergy } from '../../../src/measures/energy.js';
import {
  deadFigure,
  energyLayers,
  layerRateFigure,
  operationsFigure,
} from '../../../src/studies/energy/layers.js';
import { axisTitles, drawn, idsUnderPointer } from '../../helpers/drawn.js';
import { evaluationOf, sampleRun } from '../../helpers/records.js';
import { isAsKept } from '../../helpers/whole-figure.js';

const LAYERS: LayerEnergy[] = [
  { layer: 'c', macs: 1e6, inputRate: 1, input: 'image', synapticOperations: 1.9e6 },
  { layer: 'd', macs: 3e6, inputRate: 0.25, input: 'spikes', synapticOperations: 1.4e6 },
];
const of = sampleRun();
const record = evaluationOf(of, 'energy', [
  ...LAYERS.map((layer) => ({ row: 'layer', ...layer })),
  ...[0.2, 0.4].flatMap((rate, i) => [
    { row: 'rate', layer: 'c.lif', step: i + 1, rate },
    { row: 'rate', layer: 'd.lif', step: i + 1, rate: rate / 4 },
  ]),
  { row: 'total', cost: 'int32' },
]);
const titleOf = (figure: { layout: { title?: unknown } }): string =>
  (figure.layout.title as { text: string }).text;

test('energyLayers: the layers as they were recorded, nothing else', (t) => {
  t.deepEqual(energyLayers(record), LAYERS);
});

test('layerRateFigure: share of neurons that fire in %, a colour each step', (t) => {
  const figure = layerRateFigure(record, 'convNet on <CIFAR-10>');
  isAsKept(t, 'energy/layer-rates', figure);
  t.deepEqual(drawn(figure), [
    { name: 't = 1', x: ['c.lif', 'd.lif'], y: [20, 5], colour: 0 },
    { name: 't = 2', x: ['c.lif', 'd.lif'], y: [40, 10], colour: 1 },
  ]);
  t.is(titleOf(figure), 'Spike rate by layer and time step: convNet on &lt;CIFAR-10&gt;');
  t.deepEqual(axisTitles(figure), { xaxis: 'layer', yaxis: 'neurons that fire (%)' });
  t.deepEqual(idsUnderPointer(figure)[0], Array(2).fill(`${of.id}<br>${record.id}`));
});

test('operationsFigure: MACs, T · MACs · S and exact operations in millions', (t) => {
  const figure = operationsFigure(record, 2);
  isAsKept(t, 'energy/operations', figure);
  const x = ['c', 'd'];
  t.deepEqual(drawn(figure), [
    { name: 'MACs of the ANN', x, y: [1, 3], colour: 0 },
    { name: 'ACs as the paper counts: T · MACs · S', x, y: [2, 1.5], colour: 1 },
    { name: 'exact synaptic operations', x, y: [1.9, 1.4], colour: 2 },
  ]);
  t.is(titleOf(figure), 'Operations of one example by layer, T = 2');
  t.deepEqual(axisTitles(figure), { xaxis: 'layer', yaxis: 'operations (10⁶)' });
});

test('deadFigure: dead blue, saturated orange, in % of the layer, each layer once', (t) => {
  const probe = evaluationOf(of, 'probe', [
    { layer: 'c.lif', step: 1, dead: 0.5, saturated: 0.125 },
    { layer: 'd.lif', step: 1, dead: 0.25, saturated: 0 },
    { layer: 'c.lif', step: 2, dead: 0.9, saturated: 0.9 },
  ]);
  const figure = deadFigure(probe);
  isAsKept(t, 'energy/dead', figure);
  const x = ['c.lif', 'd.lif'];
  t.deepEqual(drawn(figure), [
    { name: 'dead: fire for no example at no step', x, y: [50, 25], colour: 0 },
    { name: 'saturated: fire for every example at every step', x, y: [12.5, 0], colour: 1 },
  ]);
  t.deepEqual(axisTitles(figure), { xaxis: 'layer', yaxis: 'neurons of the layer (%)' });
});
