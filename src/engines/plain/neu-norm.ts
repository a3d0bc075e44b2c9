// Neuron normalisation and its gradients in plain loops over `[T·B, H·W, C]`, float64. Tests: test/engines/neu-norm.test.ts.
import type { LayerRun } from './pass.js';

/** Its inputs. */
export interface NeuNormSite {
  /** Decay of the auxiliary neuron. */
  k: number;
  /** Weights of its inhibition, `[H·W, C]`. */
  w: ArrayLike<number>;
  steps: number;
  channels: number;
}

/** `a[t] = k·a[t−1] + (1 − k)/F²·Σ_f x_f[t]` at each place, `[T·B, H·W]`, and `x_f − w_f·a`. */
export function neuNorm(
  x: Float64Array,
  { k, w, steps, channels }: NeuNormSite,
): LayerRun & { a: Float64Array } {
  const share = (1 - k) / channels ** 2; // what each channel adds to the auxiliary neuron
  const places = x.length / channels;
  const ofStep = places / steps;
  const [a, y] = [new Float64Array(places), new Float64Array(x.length)];
  for (let p = 0; p < places; p++) {
    let sum = 0;
    for (let i = p * channels; i < (p + 1) * channels; i++) sum += x[i];
    a[p] = share * sum + (p < ofStep ? 0 : k * a[p - ofStep]);
    for (let i = p * channels; i < (p + 1) * channels; i++) y[i] = x[i] - w[i % w.length] * a[p];
  }
  return {
    ...{ y, a },
    /** The last step first. */
    back(dy) {
      const [ofA, dx, dw] = [places, x.length, w.length].map((length) => new Float64Array(length));
      for (let p = places - 1; p >= 0; p--) {
        ofA[p] = p + ofStep < places ? k * ofA[p + ofStep] : 0;
        for (let i = p * channels; i < (p + 1) * channels; i++) {
          ofA[p] -= w[i % w.length] * dy[i];
          dw[i % w.length] -= a[p] * dy[i];
        }
        for (let i = p * channels; i < (p + 1) * channels; i++) dx[i] = dy[i] + share * ofA[p];
      }
      return { x: dx, learned: { w: dw } };
    },
  };
}
