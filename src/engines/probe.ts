// The probe of a layer of neurons: measurements on the way back of the gradient, step by step. Tests:
// test/engines/plain/model.test.ts.
import { type GradientInForce, sgsScale } from '../surrogates/sgs.js';
import type { LayerProbe } from './engine.js';

/** Potentials before the reset and spikes, `[T][examples·neurons]`. */
interface Trace {
  v: Float64Array;
  o: Float64Array;
}

/**
 * Looks at one firing: from `gO`, the whole gradient of spike `i`, `u`, the argument of the spike (of LIF `v − theta`), and `h`,
 * what the surrogate is there, the gradient that passes.
 */
export type See = (gO: number, i: number, u: number, h: number) => number;

/** Adds up what is seen of a layer. */
export interface NeuronProbe {
  /** Examples more, and a way back through their neurons that shows each firing once. */
  add(trace: Trace, back: (see: See) => void): void;
  result(): LayerProbe;
}

/**
 * Opens a probe.
 *
 * @param size - neurons of the layer: H·W·C
 * @param traced - those of which the first example's potentials and spikes are wanted
 */
export function openProbe(
  layer: string,
  steps: number,
  size: number,
  settings: Pick<GradientInForce, 'delta' | 'scaleFloor'>,
  traced?: readonly number[],
): NeuronProbe {
  const { delta, scaleFloor } = settings;
  const zeros = (): Float64Array => new Float64Array(steps);
  const [fired, squares, inWindow, negative] = [zeros(), zeros(), zeros(), zeros()];
  const firing = new Uint32Array(steps * size); // by step and neuron, over examples
  let examples = 0;
  let traces: LayerProbe['traces'];
  return {
    add({ v, o }, back) {
      const perStep = v.length / steps;
      if (examples === 0)
        traces = traced?.map((neuron) => {
          const own = (values: Float64Array): number[] =>
            Array.from({ length: steps }, (_, t) => values[t * perStep + neuron]);
          return { neuron, v: own(v), o: own(o) };
        });
      examples += perStep / size;
      back((gO, i, _, value) => {
        const t = Math.floor(i / perStep);
        const h = Math.fround(value); // zero where it is zero in float32
        const unbounded = sgsScale(gO, v[i], o[i], { delta, scaleFloor: null });
        const gV = gO * h * (scaleFloor === null ? unbounded : Math.max(scaleFloor, unbounded));
        fired[t] += o[i];
        firing[t * size + ((i % perStep) % size)] += o[i];
        squares[t] += gV * gV;
        inWindow[t] += Number(h > 0);
        negative[t] += Number(unbounded < 0);
        return gV;
      });
    },
    result() {
      const share = (count: number): number => count / (size * examples);
      const byStep = Array.from({ length: steps }, (_, t) => firing.subarray(t * size, (t + 1) * size));
      const whole = byStep.reduce(
        (sum, step) => sum.map((count, i) => count + step[i]),
        new Uint32Array(size),
      );
      const always = (counts: Uint32Array, times: number): number =>
        counts.reduce((n, count) => n + Number(count === times), 0) / size;
      return {
        layer,
        spikeRate: Array.from(fired, share),
        gradientNorm: Array.from(squares, Math.sqrt),
        windowDensity: Array.from(inWindow, share),
        negativeScales: Array.from(negative, share),
        dead: always(whole, 0),
        saturated: always(whole, steps * examples),
        deadAt: byStep.map((counts) => always(counts, 0)),
        saturatedAt: byStep.map((counts) => always(counts, examples)),
        ...(traces && { traces }),
      };
    },
  };
}
