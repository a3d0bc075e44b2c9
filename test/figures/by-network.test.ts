import test from 'ava';
import { networkStem, networkTitle } from '../../src/figures/by-network.js';

test('the first network has the plain stem, the others have their name in it', (t) => {
  const networks = ['convNet-5 × 0.5', 'resnet19 × 0.25', 'VGGSNN'];
  t.deepEqual(
    networks.map((network) => networkStem('noise-robustness-gains', network, networks)),
    ['noise-robustness-gains', 'noise-robustness-gains-resnet19-0-25', 'noise-robustness-gains-vggsnn'],
  );
});

test('the heading of a figure names the network', (t) => {
  const figure = { data: [], layout: { title: { text: 'Training curves' } } };
  t.is(networkTitle(figure, 'resnet19 × 0.25'), 'Training curves: resnet19 × 0.25');
  t.is(networkTitle({ data: [], layout: {} }, 'vggsnn'), 'vggsnn');
});
