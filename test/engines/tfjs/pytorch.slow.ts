// The cpu backend against float64 PyTorch on all gradient cases.
import { testGradients } from '../../helpers/pytorch.js';

for (const steps of [2, 4])
  testGradients('cpu', steps, {
    which: '7 surrogates × 4 deltas × penalty off and on',
    count: 7 * 4 * 2,
    select: () => true,
  });
