// Memory counted: rows and figure.
import test from 'ava';
import { buildNetwork } from '../../../src/network/architectures.js';
import { energyLayers } from '../../../src/studies/energy/layers.js';
import { memoryFigure, memoryRowName, memoryRows } from '../../../src/studies/energy/memory.js';
import { energyRun } from '../../helpers/energy-records.js';

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
