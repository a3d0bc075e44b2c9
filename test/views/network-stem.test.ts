import test from 'ava';
import { networkStem } from '../../src/views/network-stem.js';

test('the first network has the plain stem, the others have their name in it', (t) => {
  const networks = ['convNet-5 × 0.5', 'resnet19 × 0.25', 'VGGSNN'];
  t.deepEqual(
    networks.map((network) => networkStem('noise-robustness-gains', network, networks)),
    ['noise-robustness-gains', 'noise-robustness-gains-resnet19-0-25', 'noise-robustness-gains-vggsnn'],
  );
});
