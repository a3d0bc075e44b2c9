// Profiles: how a neuron of ours is written in NIR so that the programs that a profile is for compute the same. Ours, in one step:
// v = tau·u + x, o = v > theta, then reset. NIR's: tau_m·dv/dt = (v_leak − v) + r·I, a spike where v > v_threshold.
//
// Forward Euler, v += dt/tau_m·((v_leak − v) + r·I), is ours with tau_m = dt/(1 − tau), v_leak = 0 and r·gain = 1/(1 − tau), where
// `gain` multiplies the weights that feed the neuron. Without a leak, tau = 1, it is IF: v += dt·r·I with r = 1/dt.
//
// In float32 tau_m is rounded up and r down: a potential that is exactly at the threshold, from a state that is not above it, stays
// there or comes below, see rounding.ts.
import { SettingsError } from '../../errors.js';
import type { NeuronSettings } from '../../neurons/lif.js';
import type { NirIntegration, NirReset } from './facts.js';
import { roundedDown, roundedUp } from './rounding.js';

/** What of a neuron is NIR's: the constants of every neuron of a network. */
export interface NirNeuron {
  type: 'LIF' | 'IF';
  /** Time constant; of LIF only. */
  tau?: number;
  r: number;
  /** What the weights that feed it are multiplied by. */
  gain: number;
}

interface Profile {
  /** Length of a step where none is given. */
  dt: number;
  /** True where no other is possible. */
  dtFixed?: true;
  reset: NeuronSettings['reset'];
  integration: NirIntegration;
  /** A neuron that leaks, tau below 1. */
  leaky(tau: number, dt: number): Omit<NirNeuron, 'type'>;
}

const inR = (tau: number, dt: number): Omit<NirNeuron, 'type'> => ({
  ...{ tau: roundedUp(dt / (1 - tau)), r: roundedDown(1 / (1 - tau)), gain: 1 },
});

/** The step that snnTorch has built in, in seconds. */
const SNNTORCH_DT = 1e-4;

const profiles = {
  /** Exact for forward Euler whether or not it looks at r. */
  'unit-r': {
    dt: SNNTORCH_DT,
    reset: 'hard',
    integration: 'euler',
    leaky: (tau, dt) => ({ tau: roundedUp(dt / (1 - tau)), r: 1, gain: 1 / (1 - tau) }),
  },
  /** The standard's own equation; weights stay what they were. */
  ode: { dt: SNNTORCH_DT, reset: 'hard', integration: 'euler', leaky: inR },
  /** What snnTorch needs to add inputs as they are, r·dt/tau_m = 1 with its own dt. */
  'gain-1': { dt: SNNTORCH_DT, dtFixed: true, reset: 'hard', integration: 'euler', leaky: inR },
  /**
   * Sinabs decays by a = exp(−1/tau) a step, adds the input as it is and subtracts the threshold. It does not look at r; with the r
   * here the exact solution, v = a·v + (1 − a)·r·I, is the same.
   */
  sinabs: {
    dt: 1,
    dtFixed: true,
    reset: 'soft',
    integration: 'exponential',
    leaky: (tau) => ({ tau: Math.fround(-1 / Math.log(tau)), r: roundedDown(1 / (1 - tau)), gain: 1 }),
  },
} satisfies Record<string, Profile>;

/** The name of a profile. */
export type NirProfile = keyof typeof profiles;
/** All profiles, the recommended one first. */
export const NIR_PROFILES = Object.keys(profiles) as NirProfile[];

/** The neurons of a network as a profile writes them. */
export interface ProfiledNeuron extends NirNeuron {
  dt: number;
  reset: NirReset;
  integration: NirIntegration;
}

/**
 * Writes a neuron as a profile does.
 *
 * @param dt - length of a step in seconds, above 0; default the profile's
 * @throws SettingsError where the profile has no such neuron: another reset than its own, a step that it does not have
 */
export function profiled(
  name: NirProfile,
  { tau, reset }: Pick<NeuronSettings, 'tau' | 'reset'>,
  dt?: number,
): ProfiledNeuron {
  const profile: Profile = profiles[name];
  if (reset !== profile.reset)
    throw new SettingsError(
      reset === 'soft'
        ? `NIR profile ${name}: the neurons reset by subtraction (reset: soft), and NIR resets to a value; use profile sinabs`
        : `NIR profile ${name}: the neurons reset to 0 (reset: hard), and those that it is for subtract the threshold; use profile unit-r`,
    );
  const step = dt ?? profile.dt;
  if (!(step > 0 && Number.isFinite(step)))
    throw new SettingsError(`NIR: dt is ${dt}; expected seconds above 0, such as 1e-4`);
  if (profile.dtFixed && step !== profile.dt)
    throw new SettingsError(
      `NIR profile ${name}: dt is ${dt}, and those that it is for have ${profile.dt} built in; leave it out, or use profile unit-r`,
    );
  if (name === 'sinabs' && tau === 0)
    throw new SettingsError(
      'NIR profile sinabs: tau is 0, and a decay exp(−1/tau_m) is never 0; use a tau above 0',
    );
  const neuron: NirNeuron =
    tau === 1
      ? { type: 'IF', r: roundedDown(1 / step), gain: 1 }
      : { type: 'LIF', ...profile.leaky(tau, step) };
  const { integration } = profile;
  return { ...neuron, dt: step, reset: reset === 'hard' ? 'zero' : 'subtract', integration };
}
