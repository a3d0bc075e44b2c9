// The paper's count of operations beside the exact one.
import test from 'ava';
import { convNet } from '../../../src/network/architectures.js';
import { energyLayers } from '../../../src/studies/energy/layers.js';
import { operationCounts } from '../../../src/studies/energy/operation-counts.js';
import { energyRun } from '../../helpers/energy-records.js';

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
