// A layer of neurons that are equations, forward and back through time, by the interpreter of the equations in float64. Which
// gradient passes the spike is the experiment's: surrogate, SGS.
import {
  neuronGradient,
  type NeuronEquations,
  type NeuronGradient,
  runNeuron,
  type Values,
} from '../../equations/index.js';
import { adjointOf, fromLoss, MARGIN, POTENTIAL } from '../../equations/names.js';
import type { Pull } from '../../learning/losses/neuron-terms.js';
import { hasOwnSurrogate, SURROGATE_VALUE } from '../../neurons/in-force.js';
import { derivativeOf } from '../../surrogates/settings.js';
import { type GradientInForce, sgsScale } from '../../surrogates/sgs.js';
import type { See } from './probe.js';

/** A layer that was run. */
export interface EquationRun {
  /** What it gives, `[T·B, H, W, C]`. */
  y: Float64Array;
  /** Potentials before the reset; of neurons that name none what they give. */
  v: Float64Array;
  /** Undefined of neurons that do not spike. */
  spikes: Float64Array | undefined;
  /** What stands in `spike(…)`; undefined of neurons that are not judged. */
  margins: Float64Array | undefined;
  /** The gradients of the currents and of what is learned, from that of `y`. */
  back(dy: Float64Array, pull?: Pull): NeuronGradient;
  /** A way back that shows each firing once; of neurons that spike. */
  showFirings(dy: Float64Array, see: See, pull?: Pull): void;
}

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
): EquationRun {
  const neurons = x.length / steps;
  let spikes = 0;
  const next = (): number => {
    const i = Math.floor(spikes / steps) + (spikes % steps) * neurons; // neuron by neuron
    spikes++;
    return fired![i];
  };
  const trace = runNeuron(neuron, x, steps, { learned, ...(fired && { spike: next }) });
  const { spike, output } = neuron;
  const y = trace.values[output];
  const ownSurrogate = hasOwnSurrogate(neuron);
  const h = ownSurrogate ? undefined : derivativeOf(gradient.surrogate);
  const meanings = {
    ...(h && { surrogate: h }),
    sgs: (g: number, v: number, o: number) => sgsScale(g, v, o, gradient),
  };
  const margins: Float64Array | undefined = trace.values[MARGIN];
  const back = (dy: Float64Array, pull?: Pull, keep: string[] = []): NeuronGradient => {
    const arriving = pull && {
      [fromLoss(MARGIN)]: margins!.map((a) => pull.offset + pull.slope * a),
      [fromLoss(spike!)]: pull.spike,
    };
    return neuronGradient(neuron, trace, dy, { learned, ...meanings, keep, arriving });
  };
  return {
    y,
    v: trace.values[POTENTIAL] ?? y,
    spikes: spike === null ? undefined : trace.values[spike],
    margins,
    back: (dy, pull) => back(dy, pull),
    showFirings(dy, see, pull) {
      if (spike === null) return;
      const toSpikes = adjointOf(spike);
      const { [toSpikes]: gO, [SURROGATE_VALUE]: own } = back(dy, pull, [toSpikes, SURROGATE_VALUE]).kept;
      // no gO where no gradient passes the spike
      spikeArguments().forEach((u, i) => see(gO?.[i] ?? 0, i, u, h ? h(u) : own[i]));
    },
  };

  /** What stood in `spike(…)`, in the order of the trace: the neurons run once more, one after the other. */
  function spikeArguments(): Float64Array {
    const all = new Float64Array(x.length);
    let at = 0;
    const keep = (u: number): number => {
      all[Math.floor(at / steps) + (at % steps) * trace.neurons] = u;
      at++;
      return (gradient.comparison === '>=' ? u >= 0 : u > 0) ? 1 : 0;
    };
    runNeuron(neuron, x, steps, { learned, spike: keep });
    return all;
  }
}
