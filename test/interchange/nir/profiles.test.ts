import test from 'ava';
import { SettingsError } from '../../../src/errors.js';
import { NIR_PROFILES, profiled } from '../../../src/interchange/nir/profiles.js';
import { roundedDown, roundedUp } from '../../../src/interchange/nir/rounding.js';
import { defaultNeuron, lifStep } from '../../../src/neurons/lif.js';
import { stream } from '../../../src/random.js';

test('profiles: constants of each, for tau = 0.75', (t) => {
  const hard = { tau: 0.75, reset: 'hard' } as const;
  const euler = { dt: 1e-4, reset: 'zero', integration: 'euler', type: 'LIF' };
  const tau = roundedUp(4e-4);
  t.deepEqual(profiled('ode', hard), { ...euler, tau, r: 4, gain: 1 } as never);
  t.deepEqual(profiled('gain-1', hard), profiled('ode', hard));
  t.deepEqual(profiled('unit-r', hard), { ...euler, tau, r: 1, gain: 4 } as never);
  t.deepEqual(profiled('unit-r', hard, 1e-3).dt, 1e-3);
  t.deepEqual(profiled('sinabs', { tau: Math.exp(-0.5), reset: 'soft' }), {
    ...{
      type: 'LIF',
      tau: 2,
      r: roundedDown(1 / (1 - Math.exp(-0.5))),
      gain: 1,
      dt: 1,
      reset: 'subtract',
      integration: 'exponential',
    },
  });
});

/** Potentials of a neuron by NIR's equations, the reset of ours, for the same input. */
for (const name of NIR_PROFILES)
  test(`profiles: ${name} has the potentials of our neuron, within 1e-6, for every tau`, (t) => {
    const reset = name === 'sinabs' ? 'soft' : 'hard';
    for (const tau of [0.1, 0.25, 0.5, 0.9, 1]) {
      const settings = { ...defaultNeuron, tau, reset, theta: 0.7 } as const;
      const { dt, tau: constant, r, gain, integration } = profiled(name, settings);
      const random = stream(1, 'probe', 'currents');
      let [u, v] = [0, 0];
      let spikes = 0;
      for (let step = 0; step < 2000; step++) {
        const x = 0.3 + 0.6 * random.normal();
        const ours = lifStep(x, u, settings);
        if (constant === undefined) v += dt * r * gain * x;
        else if (integration === 'exponential') {
          const decay = Math.exp(-dt / constant);
          v = decay * v + (1 - decay) * r * gain * x;
        } else v += (dt / constant) * (r * gain * x - v);
        t.true(Math.abs(v - ours.v) < 1e-6, `${tau}: ${v} and ${ours.v}`);
        spikes += ours.o;
        u = ours.u;
        v = reset === 'hard' ? (1 - ours.o) * v : v - 0.7 * ours.o;
      }
      t.true(spikes > 200);
    }
  });

test('profiles: a current that is exactly the threshold does not fire, whatever is rounded', (t) => {
  for (const tau of [0, 0.1, 0.25, 1 / 3, 0.5, 0.8, 0.9, 1])
    for (const name of ['ode', 'unit-r'] as const)
      for (const dt of [1e-4, 1e-3, 3e-5]) {
        const { type, tau: constant = dt, r, gain } = profiled(name, { tau, reset: 'hard' }, dt);
        const scale = type === 'IF' ? dt : dt / constant;
        t.true(scale * r * gain <= 1 + 2 ** -52, `${name} ${tau} ${dt}: ${scale * r * gain}`);
      }
});

test('profiles: another reset, or a step that the programs do not have, is refused', (t) => {
  const hard = { tau: 0.5, reset: 'hard' } as const;
  const refused = (work: () => unknown, message: RegExp): void =>
    void t.throws(work, { instanceOf: SettingsError, message });
  for (const name of ['ode', 'unit-r', 'gain-1'] as const)
    refused(
      () => profiled(name, { tau: 0.5, reset: 'soft' }),
      /reset by subtraction .*; use profile sinabs$/,
    );
  refused(
    () => profiled('sinabs', hard),
    /sinabs: the neurons reset to 0 \(reset: hard\).*; use profile unit-r$/,
  );
  refused(() => profiled('gain-1', hard, 1e-3), /gain-1: dt is 0\.001, .* have 0\.0001 built in/);
  refused(() => profiled('sinabs', { tau: 0.5, reset: 'soft' }, 1e-4), /dt is 0\.0001, .* have 1 built in/);
  refused(() => profiled('sinabs', { tau: 0, reset: 'soft' }), /tau is 0/);
  for (const dt of [0, -1, NaN, Infinity])
    refused(() => profiled('ode', hard, dt), /dt is .*; expected seconds/);
});
