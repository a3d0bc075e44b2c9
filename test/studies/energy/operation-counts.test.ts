// The paper's count of operations beside the exact one.
import test from 'ava';
import { convNet } from '../../../src/network/architectures.js';
import { energyLayers } from '../../../src/studies/energy/layers.js';
import { operationCounts } from '../../../src/studies/energy/operation-counts.js';
import { rounded } from '../../helpers/drawn.js';
import { energyRun } from '../../helpers/energy-records.js';
import { tinyLayers, tinyNetwork } from '../../helpers/tiny-network.js';

test('operationCounts: layers fed by averages are counted where none is fed by spikes', (t) => {
  const network = { architecture: 'convNet', width: 0.1, convolutions: 5 } as const;
  const layers = energyLayers(energyRun({ network }, 0.3).energy);
  const built = convNet({ classes: 10, width: 0.1, convolutions: 5 });
  const [image, averages, ...more] = operationCounts(built, layers, 2);
  t.deepEqual([image.input, averages.input, more.length], ['image', 'averages', 0]);
  t.deepEqual(image.layers, ['conv1.conv']);
  const own = layers.slice(1);
  const counted = own.reduce((sum, { macs, inputRate }) => sum + 2 * macs * inputRate, 0);
  const exact = own.reduce((sum, { synapticOperations }) => sum + synapticOperations, 0);
  t.true(Math.abs(averages.share - exact / counted) < 1e-12);
  // These inputs fire everywhere alike, so that padding is all that is not operated on.
  t.true(Math.abs(averages.share - averages.shareByPadding) < 1e-9 && averages.share < 0.9);
});

test('operationCounts: T · MACs · S, exact operations and their shares, by what feeds the layers', (t) => {
  t.deepEqual(
    operationCounts(tinyNetwork, tinyLayers, 2).map((row) =>
      Object.fromEntries(Object.entries(row).map(([name, value]) => [name, rounded(value)])),
    ),
    [
      {
        ...{ input: 'image', layers: ['conv'], counted: 6912, exact: 4800 },
        ...{ share: rounded(4800 / 6912), shareByPadding: rounded(4800 / 6912) },
      },
      { input: 'spikes', layers: ['fc'], counted: 640, exact: 600, share: 0.9375, shareByPadding: 1 },
    ],
  );
});
