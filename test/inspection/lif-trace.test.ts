// One neuron over time, computed by hand: τ = θ = ½, hard reset.
import test from 'ava';
import { defaultNeuron } from '../../src/neurons/lif.js';
import { lifFigure } from '../../src/inspection/lif-trace.js';
import { axisTitles, drawn } from '../helpers/drawn.js';
import { isAsKept } from '../helpers/whole-figure.js';

test('lifFigure: current, potential through decay and reset, spikes at their potential, threshold', (t) => {
  const current = [0.4, 0.4, 0.2, 0];
  const figure = lifFigure(current, { ...defaultNeuron, tau: 0.5, theta: 0.5, reset: 'hard' });
  isAsKept(t, 'neuron-and-surrogates/lif-trace', figure);
  // v = 0.4; 0.2 + 0.4 = 0.6, fires; 0 + 0.2; 0.1 + 0.
  const x = [1, 2, 3, 4];
  t.deepEqual(drawn(figure), [
    { name: 'input current x[t]', x, y: current, colour: 6, plot: 2 },
    {
      name: 'potential',
      x: [1, 1, 2, 2, 2, 3, 3, 3, 4, 4, 4],
      y: [0.4, 0.4, 0.2, 0.6, 0, 0, 0.2, 0.2, 0.1, 0.1, 0.1],
      colour: 0,
    },
    { name: 'v[t], before the reset', x, y: [0.4, 0.6, 0.2, 0.1], colour: 0 },
    { name: 'spike o[t] = 1', x: [2], y: [0.6], colour: 1 },
    { name: 'threshold θ', x: [0.5, 4.5], y: [0.5, 0.5], colour: 6 },
  ]);
  t.deepEqual(axisTitles(figure), { xaxis: 'time step t', yaxis: 'potential', yaxis2: 'current' });
  t.is((figure.layout.title as { text: string }).text, 'A LIF neuron over 4 steps, hard reset');
});
