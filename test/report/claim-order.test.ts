import test from 'ava';
import { claimOrder } from '../../src/report/claim-order.js';

test('claimOrder: Fig. 3, SGS, LR, noise, latency, energy, accuracy, events, counts; then others by name', (t) => {
  t.deepEqual(
    claimOrder([
      ...['zeta', 'architecture', 'comparison', 'energy', 'alpha', 'noise-robustness', 'lipschitz-sweep'],
      ...['sgs-ablation', 'latency', 'events', 'neuron-and-surrogates'],
    ]),
    [
      'neuron-and-surrogates',
      'sgs-ablation',
      'lipschitz-sweep',
      'noise-robustness',
      'latency',
      'energy',
      'comparison',
      'events',
      'architecture',
      'alpha',
      'zeta',
    ],
  );
});
