// A layer as the page draws it, from numbers that can be counted.
import test from 'ava';
import type { LayerLook } from '../../src/inspection/look.js';
import { layerPicture, POTENTIALS } from '../../src/page/inside.js';

/** Two pixels beside each other, of two channels, over two steps. */
const look = {
  ...{ layer: 'lif', shape: [1, 2, 2], neurons: [0, 1, 2, 3] },
  potentials: [
    [0.05, 0.65, -99, 1.05],
    [0.05, 99, 3.95, -3.95],
  ],
  outputs: [
    [0, 1, 0, 1],
    [0, 1, 1, 1],
  ],
} as unknown as LayerLook;

test('spikes are shares of a pixel’s channels, rates of all neurons', (t) => {
  const { layer, height, width, channels, spikes, rates } = layerPicture(look);
  t.deepEqual({ layer, height, width, channels }, { layer: 'lif', height: 1, width: 2, channels: 2 });
  t.deepEqual(spikes, [
    [0.5, 0.5],
    [0.5, 1],
  ]);
  t.deepEqual(rates, [0.5, 0.75]);
});

test('potentials are counted over all steps; what lies outside is in the outermost bins', (t) => {
  const { potentials } = layerPicture(look);
  const { from, to, bins } = POTENTIALS;
  t.is(potentials.length, bins);
  const counts = potentials.map((share) => share * 8);
  const binOf = (v: number): number => Math.floor(((v - from) / (to - from)) * bins);
  t.is(counts[0], 2);
  t.is(counts[bins - 1], 2);
  t.is(counts[binOf(0.05)], 2);
  t.is(counts[binOf(0.65)], 1);
  t.is(counts[binOf(1.05)], 1);
  t.is(
    counts.reduce((a, b) => a + b),
    8,
  );
});
