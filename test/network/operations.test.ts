// Bits of what feeds a layer.
import test from 'ava';
import { convNet, resnet19 } from '../../src/network/architectures.js';
import { inputBits } from '../../src/network/operations.js';

test('inputBits: one for spikes, three for averages of four, seven for averages of 64; none for the image', (t) => {
  const resnet = inputBits(resnet19({ classes: 10, width: 0.1 }));
  t.false(resnet.has('conv1.conv'));
  t.is(resnet.get('fc1'), 7);
  t.deepEqual([...new Set([...resnet].filter(([name]) => name !== 'fc1').map(([, bits]) => bits))], [1]);
  const conv = inputBits(convNet({ classes: 10, width: 0.1, convolutions: 3 }));
  t.deepEqual([...conv.values()], [3, 3, 3]);
});
