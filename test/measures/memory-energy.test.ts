// Energy with memory counted, against a hand-made example.
import test from 'ava';
import type { LayerEnergy } from '../../src/measures/energy.js';
import {
  DATAFLOWS,
  memoryEnergy,
  type DataflowName,
  type MemoryAssumptions,
} from '../../src/measures/memory-energy.js';
import {
  avgPool2d,
  batchNorm,
  conv2d,
  flatten,
  lif,
  linear,
  type Network,
} from '../../src/network/layers.js';

const network: Network = {
  name: 'two',
  input: [1, 1, 4],
  classes: 2,
  layers: [flatten('f'), linear('a', 4, 3), lif('l'), linear('b', 3, 2)],
};
const layers: LayerEnergy[] = [
  { layer: 'a', macs: 12, inputRate: 1, input: 'image', synapticOperations: 24 },
  { layer: 'b', macs: 6, inputRate: 0.5, input: 'spikes', synapticOperations: 7 },
];
const energy = (assumptions: Partial<MemoryAssumptions>): ReturnType<typeof memoryEnergy> =>
  memoryEnergy(network, layers, 2, { dataflow: 'eventDriven', memory: '8 kB', ...assumptions });
const near = (a: number, b: number): boolean => Math.abs(a - b) < 1e-9 * Math.max(1, Math.abs(b));

// Three neurons for two steps: read, decay, write; the first layer twice; seven events.
const arithmetic = { ann: 18 * 3.2, snn: 2 * 3 * 3.2 + 2 * 12 * 3.2 + 7 * 0.1 };
const potentials = 2 * 3 * 2;
const events = 2 * 3 * 0.5;
const words: Record<DataflowName, { ann: number; snn: number }> = {
  // By outputs: weight and input for each operation, five results. By inputs: weight, sum read and written, and each input once.
  eventDriven: {
    ann: 2 * 18 + 5,
    snn: potentials + 2 * (3 * 12 + 4) + (3 * 7 + events) + events,
  },
  // The sums of the ANN lie in memory: read again to be made results.
  inputs: {
    ann: 3 * 18 + 4 + 3 + 2 * 5,
    snn: potentials + 2 * (3 * 12 + 4) + (3 * 7 + events) + events,
  },
  outputs: { ann: 2 * 18 + 5, snn: potentials + 2 * 2 * 12 + 2 * 7 + events },
  // One weight for each event; the bits of all places read, and those of the three neurons written, at both steps.
  spikeBits: { ann: 2 * 18 + 5, snn: potentials + 2 * 2 * 12 + 7 + (2 * 6) / 32 + (2 * 3) / 32 },
};

for (const dataflow of Object.keys(DATAFLOWS) as DataflowName[])
  test(`memoryEnergy: words of every operand, as the documentation says, ${DATAFLOWS[dataflow].title}`, (t) => {
    const { ann, snn, annMemory, snnMemory, ratio } = energy({ dataflow });
    t.true(near(ann, arithmetic.ann + words[dataflow].ann * 5), String(ann));
    t.true(near(snn, arithmetic.snn + words[dataflow].snn * 5), String(snn));
    t.true(near(annMemory, (words[dataflow].ann * 5) / ann));
    t.true(near(snnMemory, (words[dataflow].snn * 5) / snn));
    t.is(ratio, ann / snn);
  });

test('memoryEnergy: without memory the order of summing does not matter', (t) => {
  for (const dataflow of Object.keys(DATAFLOWS) as DataflowName[]) {
    const { ann, snn, annMemory } = energy({ dataflow, memory: 'none' });
    t.true(near(ann, arithmetic.ann) && near(snn, arithmetic.snn) && annMemory === 0);
  }
});

test('memoryEnergy: averages of spikes multiply, once for each that is not zero', (t) => {
  const averaged = layers.map((layer) =>
    layer.layer === 'b' ? { ...layer, input: 'averages' as const } : layer,
  );
  const snn = memoryEnergy(network, averaged, 2, { dataflow: 'outputs', memory: '1 MB' }).snn;
  t.true(near(snn - energy({ dataflow: 'outputs', memory: '1 MB' }).snn, 7 * (3.2 - 0.1)));
});

test('memoryEnergy: an ANN that skips zeros saves in all layers but the first; break-even makes both equal', (t) => {
  for (const dataflow of Object.keys(DATAFLOWS) as DataflowName[]) {
    // Few events, so that the SNN takes less than a dense ANN once.
    const quiet = layers.map((layer) =>
      layer.input === 'image' ? layer : { ...layer, inputRate: 0.01, synapticOperations: 0.12 },
    );
    const at = (annDensity: number): ReturnType<typeof memoryEnergy> =>
      memoryEnergy(network, quiet, 1, { dataflow, memory: '8 kB', annDensity });
    const { breakEvenDensity, ann, ratio } = at(1);
    t.true(at(0.5).ann < ann);
    t.is(breakEvenDensity === null, ratio <= 1);
    if (breakEvenDensity !== null) t.true(near(at(breakEvenDensity).ratio, 1), dataflow);
  }
  t.is(energy({}).breakEvenDensity, null);
  t.true(memoryEnergy(network, layers, 1, { dataflow: 'spikeBits', memory: '1 MB' }).breakEvenDensity! > 0);
});

test('memoryEnergy: what falls on padding is charged to neither network', (t) => {
  const padded: Network = {
    name: 'padded',
    input: [2, 2, 1],
    classes: 2,
    layers: [
      conv2d('c', 1, 1, { kernel: 3, stride: 1, padding: 1 }),
      batchNorm('n', 1),
      lif('l'),
      flatten('f'),
      linear('b', 4, 2),
    ],
  };
  const measured: LayerEnergy[] = [
    { layer: 'c', macs: 36, inputRate: 1, input: 'image', synapticOperations: 16 },
    { layer: 'b', macs: 8, inputRate: 1, input: 'spikes', synapticOperations: 8 },
  ];
  const { ann, snn } = memoryEnergy(padded, measured, 1, { dataflow: 'outputs', memory: 'none' });
  t.true(near(ann, (16 + 8) * 3.2));
  t.true(near(snn, 16 * 3.2 + 8 * 0.1 + 4 * 3.2));
});

test('memoryEnergy: an average of four spikes is three bits, read for every operation and written for every input', (t) => {
  const pooled: Network = {
    ...{ name: 'pooled', input: [2, 2, 1], classes: 2 },
    layers: [
      ...[conv2d('c', 1, 1, { kernel: 1, padding: 0 }), lif('l'), avgPool2d('p', 2)],
      ...[flatten('f'), linear('b', 1, 2)],
    ],
  };
  const measured: LayerEnergy[] = [
    { layer: 'c', macs: 4, inputRate: 1, input: 'image', synapticOperations: 8 },
    { layer: 'b', macs: 2, inputRate: 0.5, input: 'averages', synapticOperations: 3 },
  ];
  const moved = memoryEnergy(pooled, measured, 2, { dataflow: 'spikeBits', memory: '1 MB' });
  // Potentials of four neurons; weights and pixels of the image; a weight for each of three operations.
  const words = 2 * 4 * 2 + 2 * 2 * 4 + 3 + (2 * 2 * 3) / 32 + (2 * 1 * 3) / 32;
  t.true(near(moved.snn * moved.snnMemory, 50 * words), String(moved.snn * moved.snnMemory));
});

test('memoryEnergy: density counts behind the first layer only; where both take the same there is no break-even', (t) => {
  const half = energy({ memory: 'none', annDensity: 0.5 });
  t.true(near(half.ann, (12 + 0.5 * 6) * 3.2));
  const silent: Network = { ...network, layers: network.layers.filter(({ type }) => type !== 'lif') };
  const equal = (operations: number): LayerEnergy[] => [
    { layer: 'a', macs: 12, inputRate: 1, input: 'image', synapticOperations: 0 },
    { layer: 'b', macs: 6, inputRate: 1, input: 'averages', synapticOperations: operations },
  ];
  const breakEven = (operations: number): number | null =>
    memoryEnergy(silent, equal(operations), 1, { dataflow: 'outputs', memory: 'none' }).breakEvenDensity;
  t.is(breakEven(6), null);
  t.true(near(breakEven(3)!, 0.5));
});
