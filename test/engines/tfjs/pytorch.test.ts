// The engine against float64 PyTorch on stored cases (test/fixtures/README.md): spikes, losses, gradients, and
// weights after five updates. All 112 gradient cases on wasm; the cpu backend, ten times slower, has the whole
// list in pytorch.slow.ts.
import { ALL_CASES, testGradients, testSpikes, testTrainings } from '../../helpers/pytorch.js';

for (const steps of [2, 4]) {
  testSpikes('wasm', steps);
  testSpikes('cpu', steps);
  testGradients('wasm', steps, ALL_CASES);
  testGradients('cpu', steps, {
    which: '7 surrogates, delta 1, penalty on',
    count: 7,
    select: ({ delta, beta }) => delta === 1 && beta > 0,
  });
}
testTrainings('wasm');
testTrainings('cpu');
