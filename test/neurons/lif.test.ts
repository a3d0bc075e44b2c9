// The neuron in plain numbers: what the engines are held to.
import test from 'ava';
import { defaultNeuron, lifStep, lifTrace } from '../../src/neurons/lif.js';

test('lifTrace: decay, hard reset and strict threshold give the potentials worked out by hand, exactly', (t) => {
  // Binary fractions: no rounding. v[t] = u[t−1]/2 + x[t], spike above 1/2.
  t.deepEqual(lifTrace([0.25, 0.5, 0.25, 1, -0.5, 0.25]), [
    { v: 0.25, o: 0, u: 0.25 },
    { v: 0.625, o: 1, u: 0 },
    { v: 0.25, o: 0, u: 0.25 },
    { v: 1.125, o: 1, u: 0 },
    { v: -0.5, o: 0, u: -0.5 },
    { v: 0, o: 0, u: 0 },
  ]);
});

test('lifTrace: the soft reset takes theta away and keeps the rest, exactly', (t) => {
  t.deepEqual(lifTrace([1.25, 0.25, 0], { ...defaultNeuron, reset: 'soft' }), [
    { v: 1.25, o: 1, u: 0.75 },
    { v: 0.625, o: 1, u: 0.125 },
    { v: 0.0625, o: 0, u: 0.0625 },
  ]);
});

test('lifStep: at the threshold there is no spike, one rounding step above it there is', (t) => {
  const { theta } = defaultNeuron;
  t.is(lifStep(theta, 0, defaultNeuron).o, 0);
  t.is(lifStep(theta + 2 ** -53, 0, defaultNeuron).o, 1); // the next double above ½
  t.is(lifStep(theta - 2 ** -54, 0, defaultNeuron).o, 0); // the next below
});

test("the paper's neuron: hard reset that is differentiated through, rectangle, δ = 1e-4, no floor, τ = θ = ½", (t) => {
  t.deepEqual(defaultNeuron, {
    ...{ tau: 0.5, theta: 0.5, reset: 'hard', detachReset: false },
    ...{ surrogate: { name: 'rectangle' }, delta: 1e-4, scaleFloor: null },
  });
});
