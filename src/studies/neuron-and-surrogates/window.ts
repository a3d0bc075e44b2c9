// The scale of SGS inside the rectangle's window, and the δ from which on it can turn a gradient round.
// Tests: test/studies/views.test.ts.
import type { LifNumbers } from '../../neurons/lif.js';
import { sgsScale } from '../../surrogates/sgs.js';
import { turningDelta } from './negative-scale.js';
import { SLIDER_DELTAS } from './scaled-surrogates.js';

/** Half the width of the rectangle's window. */
const HALF = 0.5;

/** Potentials from 0 to 1 that pass a gradient at all. */
const potentials = ({ theta }: Pick<LifNumbers, 'theta'>): number[] =>
  Array.from({ length: 999 }, (_, i) => (i + 1) / 1000).filter((v) => Math.abs(v - theta) < HALF);

const spikeAt = (v: number, { theta }: Pick<LifNumbers, 'theta'>): number => (v > theta ? 1 : 0);

/** The largest distance of the scale from 1, for each δ of the slider. */
export const scaleRows = (
  neuron: Pick<LifNumbers, 'theta'>,
): { delta: number; largestChangeOfScale: number }[] => {
  const window = potentials(neuron);
  return SLIDER_DELTAS.map((delta) => ({
    delta,
    largestChangeOfScale: Math.max(
      ...window.map((v) => Math.abs(sgsScale(1, v, spikeAt(v, neuron), { delta, scaleFloor: null }) - 1)),
    ),
  }));
};

/** The smallest δ at which the scale is negative somewhere in the window, for a gradient of this sign. */
export const smallestTurningDelta = (neuron: Pick<LifNumbers, 'theta'>, sign: number): number =>
  Math.min(...potentials(neuron).map((v) => turningDelta(sign, v, spikeAt(v, neuron))));
