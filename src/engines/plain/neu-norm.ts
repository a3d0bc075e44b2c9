// Neuron normalisation and its gradients in plain loops over `[T·B, H·W, C]`, float64. Tests: test/engines/neu-norm.test.ts.

/** What it is given. */
export interface NeuNormSite {
  /** Decay of the auxiliary neuron. */
  k: number;
  /** Weights of its inhibition, `[H·W, C]`. */
  w: ArrayLike<number>;
  steps: number;
  /** Of an image. */
  pixels: number;
  channels: number;
}

/** (1 − k)/F²: what each channel adds to the auxiliary neuron. */
const shareOf = ({ k, channels }: NeuNormSite): number => (1 - k) / channels ** 2;

/** `a[t] = k·a[t−1] + (1 − k)/F²·Σ_f x_f[t]` at each place, `[T·B, H·W]`, and `x_f − w_f·a`. */
export function neuNorm(x: Float64Array, site: NeuNormSite): { y: Float64Array; a: Float64Array } {
  const { k, w, steps, pixels, channels } = site;
  const places = x.length / channels;
  const ofStep = places / steps;
  const a = new Float64Array(places);
  const y = new Float64Array(x.length);
  for (let p = 0; p < places; p++) {
    let sum = 0;
    for (let c = 0; c < channels; c++) sum += x[p * channels + c];
    a[p] = shareOf(site) * sum + (p < ofStep ? 0 : k * a[p - ofStep]);
    for (let c = 0; c < channels; c++)
      y[p * channels + c] = x[p * channels + c] - w[(p % pixels) * channels + c] * a[p];
  }
  return { y, a };
}

/** Gradients of the input and of w from that of the output; the last step first. */
export function neuNormGradient(
  dy: Float64Array,
  a: Float64Array,
  site: NeuNormSite,
): { input: Float64Array; w: Float64Array } {
  const { k, w, steps, pixels, channels } = site;
  const places = a.length;
  const ofStep = places / steps;
  const ofA = new Float64Array(places);
  const input = new Float64Array(dy.length);
  const ofW = new Float64Array(w.length);
  for (let p = places - 1; p >= 0; p--) {
    ofA[p] = p + ofStep < places ? k * ofA[p + ofStep] : 0;
    for (let c = 0; c < channels; c++) {
      const at = (p % pixels) * channels + c;
      ofA[p] -= w[at] * dy[p * channels + c];
      ofW[at] -= a[p] * dy[p * channels + c];
    }
    for (let c = 0; c < channels; c++)
      input[p * channels + c] = dy[p * channels + c] + shareOf(site) * ofA[p];
  }
  return { input, w: ofW };
}
