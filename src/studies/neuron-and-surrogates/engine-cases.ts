// The six cases of Fig. 3 as engine `tfjs` computes them. Apart from the view, which loads it when it is needed: TensorFlow.js takes a
// second. Tests: test/studies/views.test.ts.
import * as tf from '@tensorflow/tfjs';
import { spike } from '../../engines/tfjs/spike.js';
import type { LifInForce } from '../../neurons/lif.js';
import { SIX_CASES } from './six-cases.js';

/**
 * The gradient g_v that the engine returns for each case.
 *
 * @param neuron - its threshold has to separate the cases with a spike from those without
 * @throws Error where the engine fires in other cases than Fig. 3 says
 */
export function engineGradients(neuron: LifInForce): number[] {
  tf.enableProdMode(); // no banner
  const potentials = SIX_CASES.map(({ v }) => v);
  const fired = tf.tidy(() => [...spike(tf.tensor1d(potentials), neuron).dataSync()]);
  if (SIX_CASES.some(({ o }, i) => o !== fired[i])) throw new Error(`the engine fires ${fired.join(' ')}`);
  return tf.tidy(() => {
    const gradientOf = tf.grad((v: tf.Tensor) => spike(v, neuron));
    const arriving = tf.tensor1d(SIX_CASES.map(({ gO }) => gO));
    return [...gradientOf(tf.tensor1d(potentials), arriving).dataSync()];
  });
}
