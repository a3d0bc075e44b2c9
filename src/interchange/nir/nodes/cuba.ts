// Neurons with two states, the synaptic current and the potential (current-based, "cuba"): CubaLI
// (τ_syn İ = −I + w_in S; τ_mem v̇ = (v_leak − v) + R I), and CubaLIF, which fires besides. Which current the potential sees
// in a step is a convention, `synapse`. Tests: test/interchange/nir/run.test.ts.
import { afterSpike, fires } from './fires.js';
import { countOf, type FieldKind, type NodeKind, perNeuron, shapeOf } from './kind.js';
import { shareOfStep } from './leaky.js';

const NEURON: FieldKind = { is: 'neuron' };
const TIME: FieldKind = { is: 'neuron', positive: true };

const kindOf = (type: string, spikes: boolean): NodeKind => ({
  type,
  fields: {
    ...{ tau_syn: TIME, tau_mem: TIME, r: NEURON, v_leak: NEURON },
    ...(spikes && { v_threshold: NEURON, v_reset: { is: 'neuron', optional: true } }),
    w_in: { is: 'neuron', optional: true, one: true },
  },
  needs: ['dt', 'integration', 'synapse', ...(spikes ? (['reset', 'comparison'] as const) : [])],
  hasState: () => true,
  takes: (node) => shapeOf(node, 'r'),
  gives: (_, shape) => shape,
  start(node, shape, settings) {
    const count = countOf(shape);
    const field = (name: string, absent = 0): Float64Array => perNeuron(node, name, count, absent);
    const [toSynapse, toMembrane] = [field('tau_syn'), field('tau_mem')].map((tau) =>
      shareOfStep(tau, settings),
    );
    const [r, leak, theta, resetPotential, weight] = [
      ...[field('r'), field('v_leak'), field('v_threshold'), field('v_reset'), field('w_in', 1)],
    ];
    const { reset, comparison, synapse } = settings;
    const [current, v, u, out] = Array.from({ length: 4 }, () => new Float64Array(count));
    return {
      step(x) {
        for (let k = 0; k < count; k++) {
          const before = current[k];
          current[k] += toSynapse[k] * (weight[k] * x[k] - before);
          const seen = synapse === 'new' ? current[k] : before;
          v[k] = u[k] + toMembrane[k] * (leak[k] - u[k] + r[k] * seen);
          out[k] = spikes ? fires(v[k], theta[k], comparison) : v[k];
          u[k] = spikes && out[k] === 1 ? afterSpike(v[k], theta[k], resetPotential[k], reset) : v[k];
        }
        return out;
      },
      potentials: () => ({ v, u }),
    };
  },
});

/** Current-based leaky integrator: gives its potential. */
export const cubaLeakyIntegrator = kindOf('CubaLI', false);
/** Current-based leaky integrate and fire. */
export const cubaLeakyIntegrateAndFire = kindOf('CubaLIF', true);
