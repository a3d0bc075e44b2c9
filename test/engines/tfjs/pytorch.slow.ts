// The cpu backend against float64 PyTorch on all gradient cases.
import { ALL_CASES, testGradients } from '../../helpers/pytorch.js';

for (const steps of [2, 4]) testGradients('cpu', steps, ALL_CASES);
