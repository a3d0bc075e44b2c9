// The engine against float64 PyTorch on stored cases (test/fixtures/README.md): every spike, losses, gradient cases (those of the
// other build and number of steps in pytorch.slow.ts), and weights after five updates, in both builds.
import { ALL_CASES, testGradients, testSpikes, testTrainings } from '../../helpers/pytorch.js';

for (const build of ['plain', 'fma'] as const) {
  for (const steps of [2, 4]) testSpikes(build, steps);
  testTrainings(build);
}
testGradients('plain', 2, ALL_CASES);
testGradients('fma', 4, ALL_CASES);
