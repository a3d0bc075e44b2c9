// One neuron looked at: its trace over time.
import { axis, theme, type Figure } from '../figures/theme.js';
import { defaultNeuron, lifTrace, type NeuronSettings } from '../neurons/lif.js';
import { bars, line, points } from '../figures/traces.js';

/**
 * Input current, potential and spikes of one neuron, one value a step.
 *
 * The potential falls from v[t] to u[t] at a spike (reset in the same step), decays to τ·u[t], and the next current is
 * added to that: so the line is drawn, and so the equations say.
 *
 * @param current - input current x of each step, `[T]`, in the unit of the threshold
 * @param settings - of the neuron; default those of the paper
 * @returns a figure of two panels, potential above current
 */
export function lifFigure(current: readonly number[], settings: NeuronSettings = defaultNeuron): Figure {
  const steps = lifTrace(current, settings);
  const at = steps.map((_, t) => t + 1);
  const path = steps.flatMap(({ v, u }, t): [number, number][] => [
    [t + 1, v],
    [t + 1, u],
    ...(t + 1 < steps.length ? ([[t + 2, settings.tau * u]] as [number, number][]) : []),
  ]);
  const fired = at.filter((_, t) => steps[t].o === 1);
  const data = [
    bars({ name: 'input current x[t]', x: at, y: current, colour: 6, plot: 2 }),
    ...line({ name: 'potential', x: path.map(([t]) => t), y: path.map(([, v]) => v), colour: 0 }),
    points({ name: 'v[t], before the reset', x: at, y: steps.map(({ v }) => v), colour: 0, symbol: 0 }),
    points({ name: 'spike o[t] = 1', x: fired, y: fired.map((t) => steps[t - 1].v), colour: 1, symbol: 5 }),
    ...line({
      name: 'threshold θ',
      x: [0.5, steps.length + 0.5],
      y: [settings.theta, settings.theta],
      colour: 6,
      dash: 1,
    }),
  ];
  const range = [0.5, steps.length + 0.5];
  return {
    data: data.map((trace) => (trace.name === 'spike o[t] = 1' ? { ...trace, marker: SPIKE } : trace)),
    layout: theme({
      title: { text: `A LIF neuron over ${steps.length} steps, ${settings.reset} reset` },
      height: 520,
      margin: { t: 108 },
      xaxis: axis('time step t', undefined, { range, anchor: 'y2' }),
      xaxis2: { matches: 'x', range, anchor: 'y', showticklabels: false },
      yaxis: axis('potential', undefined, { domain: [0.34, 1] }),
      yaxis2: axis('current', undefined, { domain: [0, 0.24], anchor: 'x2' }),
    }),
  };
}

const SPIKE = { color: '#D55E00', symbol: 'star', size: 15 };
