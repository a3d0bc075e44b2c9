import test from 'ava';
import { claimOrder } from '../../src/report/claim-order.js';

test('claimOrder: Fig. 3, SGS, LR, noise, energy, accuracy, counts; then others by name', (t) => {
  t.deepEqual(
    claimOrder([
      ...['zeta', 'architecture', 'comparison', 'energy', 'alpha', 'noise-robustness', 'lipschitz-sweep'],
      ...['sgs-ablation', 'neuron-and-surrogates'],
    ]),
    [
      'neuron-and-surrogates',
      'sgs-ablation',
      'lipschitz-sweep',
      'noise-robustness',
      'energy',
      'comparison',
      'architecture',
      'alpha',
      'zeta',
    ],
  );
});
