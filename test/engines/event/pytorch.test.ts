// The engine against float64 PyTorch on stored cases (test/fixtures/README.md): spikes, losses, all 112 gradient
// cases, and weights after five updates, in both builds.
import { testGradients, testSpikes, testTrainings } from '../../helpers/pytorch.js';

for (const build of ['plain', 'fma'] as const) {
  for (const steps of [2, 4]) {
    testSpikes(build, steps);
    testGradients(build, steps, {
      which: '7 surrogates × 4 deltas × penalty off and on',
      count: 7 * 4 * 2,
      select: () => true,
    });
  }
  testTrainings(build);
}
