// The leaky integrate-and-fire neuron of the paper: its parameters, one step of it, and the SGS gradient
// through its firing function (Eq. (5)). Plain numbers: the reference that both engines are tested against.
import { surrogateParameter, surrogates, type SurrogateSettings } from '../surrogates/index.js';

/**
 * Parameters of every LIF layer of a network. With x the input current (dimensionless):
 *
 * `v[t] = tau·u[t−1] + x[t]`, `o[t] = 1 if v[t] > theta else 0` (strict), `u[t] = (1 − o[t])·v[t]`, `u[−1] = 0`.
 *
 * Spikes are emitted and the reset is applied in the same step; the decay is applied before the input.
 */
export interface NeuronSettings {
  /** Decay of the potential from one step to the next, dimensionless, in [0, 1]. Default 0.5 (the authors' code). */
  tau: number;
  /** Firing threshold θ, in the unit of the potential, positive. Default 0.5 (the authors' code). */
  theta: number;
  /** `hard`: to 0 after a spike (the paper). `soft`: `u = v − theta·o`. */
  reset: 'hard' | 'soft';
  /** Stop the gradient through the reset. Default false: the authors' code differentiates through it. */
  detachReset: boolean;
  /** The surrogate derivative h. Default rectangle of width 1. */
  surrogate: SurrogateSettings;
  /** SGS strength δ ≥ 0; 0 is the plain surrogate. Default 1e-4 (the authors' code). */
  delta: number;
  /** Lower bound of the SGS scale, or null for none (the paper). 0 forbids the scale to turn the gradient round. */
  scaleFloor: number | null;
}

/** The paper's neuron. */
export const defaultNeuron: NeuronSettings = {
  tau: 0.5,
  theta: 0.5,
  reset: 'hard',
  detachReset: false,
  surrogate: { name: 'rectangle' },
  delta: 1e-4,
  scaleFloor: null,
};

/** What one step of a neuron gives. */
export interface LifStep {
  /** Potential before the reset. */
  v: number;
  /** Spike, 0 or 1. */
  o: number;
  /** Potential after the reset: the state handed to the next step. */
  u: number;
}

/** One step of one neuron from state `u` with input `x`: see {@link NeuronSettings} for the equations. */
export function lifStep(x: number, u: number, { tau, theta, reset }: NeuronSettings): LifStep {
  const v = tau * u + x;
  const o = v > theta ? 1 : 0;
  return { v, o, u: reset === 'hard' ? (1 - o) * v : v - theta * o };
}

/** The trace of one neuron driven by `current`, one value a step, from rest. */
export function lifTrace(current: readonly number[], settings: NeuronSettings = defaultNeuron): LifStep[] {
  let u = 0;
  return current.map((x) => {
    const step = lifStep(x, u, settings);
    u = step.u;
    return step;
  });
}

/**
 * The factor by which SGS scales the gradient that reaches the potential: `1 + delta·sign(g_o)·(v − o)`.
 *
 * `v` is the raw potential before the reset, not `v − theta`. No clamp unless `scaleFloor` is given; the scale
 * turns negative where `delta·|v − o| > 1` and the signs differ.
 *
 * Source: Eq. (5) of the paper (form inferred from the released code and Fig. 3).
 */
export function sgsScale(
  gO: number,
  v: number,
  o: number,
  { delta, scaleFloor }: Pick<NeuronSettings, 'delta' | 'scaleFloor'>,
): number {
  const scale = 1 + delta * Math.sign(gO) * (v - o);
  return scaleFloor === null ? scale : Math.max(scaleFloor, scale);
}

/**
 * The gradient through the firing function only: `g_v = g_o · h(v − theta) · sgsScale`, with `g_o` the total
 * gradient that arrives at the spike.
 */
export function firingGradient(gO: number, v: number, o: number, settings: NeuronSettings): number {
  const { surrogate, theta } = settings;
  const h = surrogates[surrogate.name].derivative(v - theta, surrogateParameter(surrogate));
  return gO * h * sgsScale(gO, v, o, settings);
}
