// Convolutions of real values and the gradient of their input, directly, against plain loops in float64.
import test from 'ava';
import { BUILDS } from '../../../../src/engines/event/module.js';
import {
  denseForward,
  denseInput,
  forwardPackedBytes,
  inputPackedBytes,
  packForward,
  packInput,
} from '../../../../src/engines/event/ops/dense-convolution.js';
import { within } from '../../../helpers/agreement.js';
import { CONVOLUTIONS, forwardAgreement, inputAgreement } from '../../../helpers/convolutions.js';

for (const build of BUILDS) {
  test(`${build}: forward within 3e-6 of the largest output for every geometry, with a bias and without, alone and accumulating, and of ones; of zeros exactly the bias`, (t) => {
    const agreement = forwardAgreement(t, build, CONVOLUTIONS, {
      bytes: forwardPackedBytes,
      ops: (operands, master) => [packForward(operands, master, operands.packed), denseForward(operands)],
    });
    within(t, agreement, { forward: 3e-6, accumulated: 3e-6, 'without bias': 3e-6, ones: 3e-6, zeros: 0 });
  });

  test(`${build}: input gradient within 2e-6 of the largest for every geometry, alone and accumulating; exactly 0 of zeros and where no tap reaches`, (t) => {
    const agreement = inputAgreement(t, build, CONVOLUTIONS, {
      bytes: inputPackedBytes,
      ops: (operands, master) => [...packInput(operands, master, operands.packed), ...denseInput(operands)],
    });
    within(t, agreement, { gradient: 2e-6, accumulated: 2e-6, zeros: 0 });
  });
}
