// Tests: test/norms/index.test.ts.
import { rowForSteps, type StepNorm, summedOverSteps } from './norm.js';

/**
 * Temporal effective batch norm: `p[t]·(γ·x̂ + β)`, merged statistics over T·B·H·W and a learned scalar `p[t]` for each step, 1 at
 * first, where it is merged batch norm. Duan et al., Temporal effective batch normalization in spiking neural networks,
 * NeurIPS 2022.
 */
export const tebn: StepNorm = {
  statistics: 'merged',
  running: 'shared',
  differs: true,
  parameters: ({ steps, channels }) => [
    { suffix: 'weight', shape: [channels], role: 'scale', initial: 1 },
    { suffix: 'bias', shape: [channels], role: 'shift', initial: 0 },
    { suffix: 'p', shape: [steps], role: 'scale', initial: 1 },
  ],
  map: ({ weight, bias, p }, size) => ({
    scale: rowForSteps(weight, size, (t) => p[t]),
    shift: rowForSteps(bias, size, (t) => p[t]),
  }),
  gradients({ weight, bias, p }, size, { scale, shift }) {
    const { steps, channels } = size;
    const weighted = (rows: Float64Array): Float64Array =>
      summedOverSteps(
        rows.map((value, i) => value * p[Math.floor(i / channels)]),
        size,
      );
    const ofStep = (t: number): number => {
      let sum = 0;
      for (let c = 0; c < channels; c++)
        sum += weight[c] * scale[t * channels + c] + bias[c] * shift[t * channels + c];
      return sum;
    };
    return {
      weight: weighted(scale),
      bias: weighted(shift),
      p: Float64Array.from({ length: steps }, (_, t) => ofStep(t)),
    };
  },
  tensors: (_tf, { weight, bias, p }) => ({
    scale: p.expandDims(1).mul(weight.expandDims(0)),
    shift: p.expandDims(1).mul(bias.expandDims(0)),
  }),
  words: 'TEBN',
};
