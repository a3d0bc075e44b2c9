import test from 'ava';
import { claimOrder } from '../../src/report/claim-order.js';

test('claimOrder: Fig. 3, SGS, LR, noise, latency, energy, training-set size, methods, accuracy, events, counts; then others by name', (t) => {
  t.deepEqual(
    claimOrder([
      ...['zeta', 'architecture', 'comparison', 'energy', 'alpha', 'noise-robustness', 'lipschitz-sweep'],
      ...['sgs-ablation', 'latency', 'events', 'neuron-and-surrogates', 'training-set-size', 'methods'],
    ]),
    [
      'neuron-and-surrogates',
      'sgs-ablation',
      'lipschitz-sweep',
      'noise-robustness',
      'latency',
      'energy',
      'training-set-size',
      'methods',
      'comparison',
      'events',
      'architecture',
      'alpha',
      'zeta',
    ],
  );
});
