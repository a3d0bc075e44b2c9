import test from 'ava';
import { SettingsError } from '../../src/errors.js';
import { batchNorm, conv2d, lif, type Network } from '../../src/network/layers.js';
import { normBefore } from '../../src/network/norm-before.js';

const network: Network = {
  ...{ name: 'net', input: [4, 4, 2], classes: 2 },
  layers: [
    conv2d('c1', 2, 2),
    batchNorm('b1', 2),
    lif('l1'),
    {
      ...{ type: 'residual', name: 'r' },
      body: [conv2d('c2', 2, 2), batchNorm('b2', 2), lif('l2'), conv2d('c3', 2, 2), batchNorm('b3', 2)],
      shortcut: [conv2d('c4', 2, 2), batchNorm('b4', 2)],
    },
    lif('l3'),
    lif('l4'),
  ],
};

test('the batch norm in front, within branches too; behind a sum that of the body', (t) => {
  t.deepEqual(
    ['l1', 'l2', 'l3'].map((layer) => normBefore(network, layer).name),
    ['b1', 'b2', 'b3'],
  );
});

test('none where something else is in between', (t) => {
  t.throws(() => normBefore(network, 'l4'), {
    instanceOf: SettingsError,
    message: /rule norm follows the batch norm in front of the neurons, and l4 of net has none/,
  });
});
