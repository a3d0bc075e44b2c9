// Energy with memory counted, against a hand-made example.
import test from 'ava';
import type { LayerEnergy } from '../src/energy.js';
import { memoryEnergy } from '../src/memory-energy.js';
import { flatten, lif, linear, type Network } from '../src/network.js';

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

test('memoryEnergy: words of every operand, as the documentation says', (t) => {
  const { ann, snn, annMemory, ratio } = memoryEnergy(network, layers, 2, '8 kB');
  const annWords = 2 * 12 + 3 + 2 * 6 + 2;
  const wantedAnn = 18 * 3.2 + annWords * 5;
  // Three neurons for two steps: read, decay, write; the first layer as in the ANN, twice; seven events.
  const wantedSnn = 2 * 3 * 3.2 + 2 * 3 * 2 * 5 + 2 * (12 * 3.2 + (24 + 3) * 5) + 7 * 0.1 + 3 * 7 * 5;
  t.true(Math.abs(ann - wantedAnn) < 1e-9);
  t.true(Math.abs(snn - wantedSnn) < 1e-9);
  t.true(Math.abs(annMemory - (annWords * 5) / wantedAnn) < 1e-12);
  t.is(ratio, ann / snn);
});

test('memoryEnergy: averages of spikes multiply, once for each that is not zero', (t) => {
  const averaged = layers.map((layer) =>
    layer.layer === 'b' ? { ...layer, input: 'averages' as const } : layer,
  );
  const difference =
    memoryEnergy(network, averaged, 2, '1 MB').snn - memoryEnergy(network, layers, 2, '1 MB').snn;
  t.true(Math.abs(difference - 7 * (3.2 - 0.1)) < 1e-9);
});
