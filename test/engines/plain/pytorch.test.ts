// The readable engine against float64 PyTorch on stored cases (test/fixtures/README.md): spikes, losses, all 112 gradient
// cases, and weights after five updates.
import { testGradients, testSpikes, testTrainings } from '../../helpers/pytorch.js';

for (const steps of [2, 4]) {
  testSpikes('float64', steps);
  testGradients('float64', steps, {
    which: '7 surrogates × 4 deltas × penalty off and on',
    count: 7 * 4 * 2,
    select: () => true,
  });
}
testTrainings('float64');
