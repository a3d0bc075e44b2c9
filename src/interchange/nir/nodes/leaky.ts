// Neurons with one state, the potential: I (v̇ = R I), LI (τ v̇ = (v_leak − v) + R I), and IF and LIF, which fire besides.
// Tests: test/interchange/nir/run.test.ts.
import type { NirConventions } from '../conventions.js';
import type { NirNode } from '../graph.js';
import { afterSpike, fires } from './fires.js';
import { countOf, type FieldKind, type NodeKind, perNeuron, type Running, shapeOf } from './kind.js';

const NEURON: FieldKind = { is: 'neuron' };

/** Share of the way to its goal that a potential goes in one step: dt/τ by Euler, 1 − e^(−dt/τ) by the exact solution. */
export function shareOfStep(tau: Float64Array, { dt, integration }: NirConventions): Float64Array {
  return tau.map((one) => (integration === 'exponential' ? -Math.expm1(-dt! / one) : dt! / one));
}

function startOf(node: NirNode, shape: number[], settings: NirConventions): Running {
  const count = countOf(shape);
  const leaks = 'tau' in node.fields;
  const r = perNeuron(node, 'r', count);
  const share = leaks ? shareOfStep(perNeuron(node, 'tau', count), settings) : undefined;
  const leak = perNeuron(node, 'v_leak', count);
  const theta = 'v_threshold' in node.fields ? perNeuron(node, 'v_threshold', count) : undefined;
  const resetPotential = perNeuron(node, 'v_reset', count);
  const v = new Float64Array(count);
  const u = new Float64Array(count);
  const spikes = new Float64Array(count);
  const { dt, reset, comparison } = settings;
  return {
    step(x) {
      for (let i = 0; i < count; i++) {
        v[i] = u[i] + (share ? share[i] * (leak[i] - u[i] + r[i] * x[i]) : dt! * r[i] * x[i]);
        spikes[i] = theta ? fires(v[i], theta[i], comparison) : 0;
        u[i] = spikes[i] === 1 ? afterSpike(v[i], theta![i], resetPotential[i], reset) : v[i];
      }
      return theta ? spikes : u;
    },
    potentials: () => ({ v, u }),
  };
}

const kindOf = (type: string, leaks: boolean, spikes: boolean): NodeKind => ({
  type,
  fields: {
    r: NEURON,
    ...(leaks && { tau: { is: 'neuron', positive: true }, v_leak: NEURON }),
    ...(spikes && { v_threshold: NEURON, v_reset: { is: 'neuron', optional: true } }),
  },
  needs: [
    'dt',
    ...(leaks ? (['integration'] as const) : []),
    ...(spikes ? (['reset', 'comparison'] as const) : []),
  ],
  hasState: () => true,
  takes: (node) => shapeOf(node, 'r'),
  gives: (_, shape) => shape,
  start: startOf,
});

/** Integrator: gives its potential. */
export const i = kindOf('I', false, false);
/** Integrate and fire. */
export const integrateAndFire = kindOf('IF', false, true);
/** Leaky integrator: gives its potential. */
export const leakyIntegrator = kindOf('LI', true, false);
/** Leaky integrate and fire. */
export const leakyIntegrateAndFire = kindOf('LIF', true, true);
