// Tests: test/diagnosis/checks/index.test.ts.
import type { LayerProbe } from '../../engines/engine.js';
import { type Check, named, percent } from '../check.js';

/** Below these shares of potentials a layer hardly learns, or little. */
const NONE = 0.01;
const FEW = 0.1;

const densityOf = ({ windowDensity }: LayerProbe): number =>
  windowDensity.reduce((sum, share) => sum + share, 0) / windowDensity.length;

/** Number of potentials where the surrogate is not zero: only those pass a gradient. */
export const window: Check = {
  name: 'window',
  title: 'potentials in the window of the surrogate',
  usual: '25 to 70 % of a layer for the rectangle of width 1; 100 % for a surrogate without end',
  findings({ layers }) {
    if (layers.length === 0) return [];
    const least = layers.reduce((a, b) => (densityOf(b) < densityOf(a) ? b : a));
    const share = densityOf(least);
    const bad = layers.filter((layer) => densityOf(layer) < FEW);
    if (bad.length === 0)
      return [
        {
          severity: 'usual',
          where: least.layer,
          value: share,
          text: `at least ${percent(share)} of the potentials of a layer (${least.layer})`,
        },
      ];
    return [
      {
        severity: share < NONE ? 'fault' : 'look',
        where: bad.map(({ layer }) => layer).join(', '),
        value: share,
        text:
          `${percent(share)} of the potentials of ${least.layer} lie where the surrogate is not zero` +
          (bad.length > 1 ? `; below ${percent(FEW)}: ${named(bad.map(({ layer }) => layer))}` : ''),
        advice:
          'a wider surrogate (neuron.surrogate.parameter), or one without end such as sigmoid or atan; a batch norm before the neurons brings potentials near the threshold',
      },
    ];
  },
};
