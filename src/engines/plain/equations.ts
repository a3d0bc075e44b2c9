// A layer of neurons that are equations, forward and back through time, by the interpreter of the equations in float64. Which
// gradient passes the spike is the experiment's: surrogate, SGS.
import { neuronGradient, type NeuronEquations, runNeuron, type Values } from '../../equations/index.js';
import { adjointOf, fromLoss, MARGIN, POTENTIAL } from '../../equations/names.js';
import type { Pull } from '../../learning/losses/neuron-terms.js';
import { hasOwnSurrogate, SURROGATE_VALUE } from '../../neurons/in-force.js';
import { derivativeOf } from '../../surrogates/settings.js';
import { type GradientInForce, sgsScale } from '../../surrogates/sgs.js';
import type { NeuronRun } from './neurons.js';

/**
 * Runs the neurons from rest; each is computed for itself.
 *
 * @param x - currents, `[T·B, H, W, C]`
 * @param learned - values that its layer, channel or place has, by name
 * @param fired - spikes that are known already, of an engine whose potentials are rounded otherwise; as `x`
 */
export function runEquations(
  neuron: NeuronEquations,
  x: Float64Array,
  steps: number,
  gradient: GradientInForce,
  learned: Values,
  fired?: ArrayLike<number>,
): NeuronRun {
  const { spike, output } = neuron;
  const inSpike = new Float64Array(x.length); // what stands in spike(…)
  let met = 0; // neuron by neuron
  const { values, ...trace } = runNeuron(neuron, x, steps, {
    learned,
    spike(u) {
      const i = Math.floor(met / steps) + (met++ % steps) * (x.length / steps);
      inSpike[i] = u;
      return fired ? fired[i] : Number(gradient.comparison === '>=' ? u >= 0 : u > 0);
    },
  });
  const y = values[output];
  const margins: Float64Array | undefined = values[MARGIN];
  const h = hasOwnSurrogate(neuron) ? undefined : derivativeOf(gradient.surrogate);
  const back = (dy: Float64Array, pull?: Pull, keep: string[] = []) =>
    neuronGradient(neuron, { ...trace, values }, dy, {
      ...{ learned, keep, ...(h && { surrogate: h }) },
      sgs: (g, v, o) => sgsScale(g, v, o, gradient),
      arriving: pull && {
        [fromLoss(MARGIN)]: margins!.map((a) => pull.offset + pull.slope * a),
        [fromLoss(spike!)]: pull.spike,
      },
    });
  return {
    ...{ y, v: values[POTENTIAL] ?? y, spikes: spike === null ? undefined : values[spike], margins },
    back: (dy, pull) => back(dy, pull),
    showFirings(dy, see, pull) {
      if (spike === null) return;
      const toSpikes = adjointOf(spike);
      const { [toSpikes]: gO, [SURROGATE_VALUE]: own } = back(dy, pull, [toSpikes, SURROGATE_VALUE]).kept;
      // no gO where no gradient passes the spike
      inSpike.forEach((u, i) => see(gO?.[i] ?? 0, i, u, h ? h(u) : own[i]));
    },
  };
}
