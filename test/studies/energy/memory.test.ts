// Memory counted: rows and figure.
import test from 'ava';
import { memoryEnergy } from '../../../src/measures/memory-energy.js';
import { buildNetwork } from '../../../src/network/architectures.js';
import { energyLayers } from '../../../src/studies/energy/layers.js';
import { memoryFigure, memoryRowName, memoryRows } from '../../../src/studies/energy/memory.js';
import { axisTitles, drawn, notes, rounded } from '../../helpers/drawn.js';
import { energyRun } from '../../helpers/energy-records.js';
import { tinyLayers, tinyNetwork } from '../../helpers/tiny-network.js';
import { isAsKept } from '../../helpers/whole-figure.js';

const { run, energy } = energyRun({ network: { architecture: 'resnet19', width: 0.05 } }, 0.1);
const rows = memoryRows({
  name: 'r',
  built: buildNetwork(run.experiment.network, [32, 32, 3], 10),
  layers: energyLayers(energy),
  experiment: run.experiment,
});

test('memoryRows: arithmetic alone once, then every order of summing with every memory', (t) => {
  t.is(rows.length, 1 + 4 * 3);
  t.is(new Set(rows.map((row) => `${memoryRowName(row)} ${row.memory}`)).size, rows.length);
  t.is(memoryRowName(rows[0]), 'arithmetic alone');
});

test('memoryRows: with few spikes the SNN gains by every word that its operations need not move', (t) => {
  const at = (dataflow: string): number =>
    rows.find((row) => row.dataflow === dataflow && row.memory === '32 kB')!.ratio;
  t.true(at('eventDriven') < at('outputs') && at('outputs') < at('spikeBits'));
  t.true(at('eventDriven') < at('inputs'));
});

test('memoryFigure: the smallest and the largest memory, arithmetic alone in both', (t) => {
  const { data } = memoryFigure([{ name: 'r', rows, runs: [run.id] }]);
  const [small, large] = data.filter(({ mode }) => mode === 'markers+text') as unknown as { x: number[] }[];
  t.is(small.x.length, 5);
  t.is(small.x[0], large.x[0]);
  const ratios = (memory: string): number[] =>
    rows.filter((row) => row.memory === memory).map(({ ratio }) => ratio);
  t.deepEqual(small.x.slice(1), ratios('8 kB'));
  t.deepEqual(large.x.slice(1), ratios('1 MB'));
});

test('memoryFigure: ratios by order of summing, networks in their colours, smallest memory left', (t) => {
  const row = (dataflow: string, memory: string, ratio: number) =>
    ({ dataflow, memory, ratio }) as unknown as (typeof rows)[number];
  const made = (scale: number) => [
    row('eventDriven', 'none', 30 * scale),
    row('eventDriven', '8 kB', 2 * scale),
    row('inputs', '8 kB', 3 * scale),
    row('outputs', '8 kB', 4 * scale),
    row('spikeBits', '8 kB', 5 * scale),
    row('inputs', '32 kB', 99),
    row('eventDriven', '1 MB', 6 * scale),
    row('outputs', '1 MB', 7 * scale),
  ];
  const figure = memoryFigure([
    { name: 'a', rows: made(1), runs: [] },
    { name: 'b', rows: made(10), runs: [] },
  ]);
  isAsKept(t, 'energy/memory', figure);
  t.deepEqual(
    drawn(figure)
      .filter(({ name }) => name !== 'as much as the ANN')
      .map(({ name, x, colour, plot }) => [name, x, colour, plot]),
    [
      ['a', [30, 2, 3, 4, 5], 0, undefined],
      ['b', [300, 20, 30, 40, 50], 1, undefined],
      ['a', [30, 6, null, 7, null], 0, 2],
      ['b', [300, 60, null, 70, null], 1, 2],
    ],
  );
  t.deepEqual((figure.layout.yaxis as { ticktext: string[] }).ticktext, [
    'arithmetic alone',
    'SNN by inputs, ANN by outputs',
    'both by inputs',
    'both by outputs',
    'both by outputs, spikes as bits',
  ]);
  t.deepEqual(notes(figure), ['every operand in a memory of 8 kB', 'every operand in a memory of 1 MB']);
  t.deepEqual(axisTitles(figure), {
    ...{ xaxis: 'ratio ANN / SNN', yaxis: 'order of summing', xaxis2: 'ratio ANN / SNN' },
  });
});

test('memoryRows: each row is the energy under its order and memory', (t) => {
  const own = memoryRows({ name: 'tiny', built: tinyNetwork, layers: tinyLayers, experiment: { steps: 2 } });
  t.deepEqual(
    own.map(({ dataflow, memory }) => [dataflow, memory]),
    [
      ['eventDriven', 'none'],
      ...['eventDriven', 'inputs', 'outputs', 'spikeBits'].flatMap((flow) =>
        ['8 kB', '32 kB', '1 MB'].map((memory) => [flow, memory]),
      ),
    ],
  );
  // Arithmetic: 3,680 MACs of 3.2 pJ; 2 · 2,400 and the decay of 2 · 128 potentials as MACs, 600 ACs of 0.1 pJ.
  t.is(rounded(own[0].ratio), rounded((3680 * 3.2) / ((4800 + 256) * 3.2 + 60)));
  t.deepEqual(own[7], memoryEnergy(tinyNetwork, tinyLayers, 2, { dataflow: 'outputs', memory: '8 kB' }));
});
