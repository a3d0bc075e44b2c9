// The readable engine against float64 PyTorch on stored cases (test/fixtures/README.md): spikes, losses, all 112 gradient
// cases, and weights after five updates.
import { ALL_CASES, testGradients, testSpikes, testTrainings } from '../../helpers/pytorch.js';

for (const steps of [2, 4]) {
  testSpikes('float64', steps);
  testGradients('float64', steps, ALL_CASES);
}
testTrainings('float64');
