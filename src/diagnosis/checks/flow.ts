// Tests: test/diagnosis/checks/index.test.ts.
import type { LayerProbe } from '../../engines/engine.js';
import { type Check, digits, type Finding, named } from '../check.js';

/** Norm in the first layer over that in the last: outside of this it is a fault, or looked at. */
const FAULT = 300;
const LOOK = 50;

const normOf = ({ gradientNorm }: LayerProbe): number => Math.hypot(...gradientNorm);

/** The gradient on its way back, from the last layer to the first, and over the steps. */
export const flow: Check = {
  name: 'flow',
  title: 'gradient by layer and step',
  usual: 'the norm in the first layer is 0.3 to 30 times that in the last, and no step has none',
  findings({ layers }) {
    if (layers.length === 0) return [];
    const [first, last] = [layers[0], layers.at(-1)!];
    const norms = layers.map(normOf);
    const silent = layers.filter((layer) => normOf(layer) === 0);
    if (silent.length > 0) {
      const at = silent.at(-1)!; // the way back meets it first
      return [
        {
          severity: 'fault',
          where: at.layer,
          value: 0,
          text: `no gradient at all reaches ${named(silent.map(({ layer }) => layer).reverse())}`,
          advice:
            'see the window of the surrogate and dead neurons above; a wider surrogate or residual connections let it pass',
        },
      ];
    }
    const found: Finding[] = [];
    const ratio = norms[0] / norms.at(-1)!;
    if (ratio < 1 / LOOK || ratio > LOOK) found.push(strayed(layers, norms, ratio));
    for (const { layer, gradientNorm } of layers) {
      const most = Math.max(...gradientNorm);
      const least = gradientNorm.findIndex((value) => value * FAULT < most);
      if (least >= 0)
        found.push({
          severity: 'look',
          where: `${layer}, step ${least + 1}`,
          value: gradientNorm[least] / most,
          text: `at step ${least + 1} the gradient in ${layer} is ${digits(gradientNorm[least] / most)} times that of its largest step`,
          advice: 'that step does not learn: neuron.tau nearer to 1, or fewer steps',
        });
    }
    if (found.length > 0) return found;
    return [
      {
        severity: 'usual',
        where: null,
        value: ratio,
        text: `in ${first.layer} it is ${digits(ratio)} times as large as in ${last.layer}`,
      },
    ];
  },
};

/** A gradient that vanishes or explodes on its way to the first layer, and between which layers most. */
function strayed(layers: readonly LayerProbe[], norms: readonly number[], ratio: number): Finding {
  const vanishing = ratio < 1;
  let at = 1;
  const change = (i: number): number => norms[i - 1] / norms[i];
  for (let i = 1; i < norms.length; i++)
    if (vanishing ? change(i) < change(at) : change(i) > change(at)) at = i;
  return {
    severity: ratio < 1 / FAULT || ratio > FAULT ? 'fault' : 'look',
    where: `${layers[at - 1].layer}, ${layers[at].layer}`,
    value: ratio,
    text:
      `it ${vanishing ? 'vanishes' : 'explodes'}: in ${layers[0].layer} it is ${digits(ratio)} times that in ${layers.at(-1)!.layer}, ` +
      `most from ${layers[at].layer} back to ${layers[at - 1].layer} (${digits(change(at))} times)`,
    advice: vanishing
      ? 'a wider or higher surrogate (neuron.surrogate.parameter), batch norms, residual connections, or fewer layers'
      : 'a lower or narrower surrogate, batch norms, smaller weights (lipschitz.beta), or a smaller learning rate',
  };
}
