// The experiment that the page begins with, and the settings that its sliders move.
import type { ExperimentInput } from '../experiment/experiment.js';

/** Small enough for half a minute on a laptop's two cores, large enough that the network learns. */
export const RECIPE: ExperimentInput = {
  network: { architecture: 'convNet', width: 0.25 },
  data: { name: 'shapes10', trainLimit: 1000, testLimit: 200, augment: 'none' },
  neuron: { delta: 1e-4, theta: 0.5, tau: 0.5 },
  lipschitz: { beta: 1e-4 },
  optimizer: { kind: 'adam', learningRate: 5e-3 },
  steps: 4,
  epochs: 4,
  batchSize: 10,
};

/** A setting with a slider. */
export interface Slider {
  /** Where it stands in an experiment, dotted. */
  path: string;
  symbol: string;
  title: string;
  /** The values among which it moves, upwards. */
  stops: readonly number[];
}

const evenly = (from: number, to: number): number[] =>
  Array.from({ length: Math.round((to - from) / 0.05) + 1 }, (_, i) => Number((from + 0.05 * i).toFixed(2)));

/** In the order of the page. */
export const SLIDERS: readonly Slider[] = [
  {
    path: 'neuron.delta',
    symbol: 'δ',
    title: 'strength of gradient scaling',
    stops: [0, 1e-5, 1e-4, 1e-3, 1e-2, 0.03, 0.1, 0.3, 1, 3, 10],
  },
  {
    path: 'lipschitz.beta',
    symbol: 'β',
    title: 'weight of Lipschitz regularisation',
    stops: [0, 1e-5, 3e-5, 1e-4, 3e-4, 1e-3, 3e-3, 1e-2, 0.03, 0.1],
  },
  { path: 'neuron.theta', symbol: 'θ', title: 'threshold of a spike', stops: evenly(0.05, 1.5) },
  { path: 'neuron.tau', symbol: 'τ', title: 'potential kept from step to step', stops: evenly(0, 1) },
];

/** The stops of a slider with a value of one's own among them, in order. */
export const stopsWith = ({ stops }: Slider, value: number): number[] =>
  [...new Set([...stops, value])].sort((a, b) => a - b);

/** A value as people write it: `0.5`, `1e-4`. */
export const valueText = (value: number): string =>
  value !== 0 && Math.abs(value) < 1e-2 ? value.toExponential().replace('e+', 'e') : String(value);
