// Currents as the kernels of engine event read them, in plain loops over `[pixels][channels]`, float64: terms added up, and
// what batch norms ask for of their gradient.

/** Values under a batch norm still to be applied: `scale·y + shift` by channel; x̂ is `hatScale·y + hatShift`. */
export interface AffineTerm {
  y: ArrayLike<number>;
  scale: ArrayLike<number>;
  shift: ArrayLike<number>;
  hatScale: ArrayLike<number>;
  hatShift: ArrayLike<number>;
}

/** Spikes: each adds 1. */
export interface SpikeTerm {
  spikes: ArrayLike<number>;
}

/** Either of the two. */
export type CurrentTerm = AffineTerm | SpikeTerm;

/** What one term adds at an index of `[pixels][channels]`. */
function valueOf(term: CurrentTerm, i: number, channels: number): number {
  if ('spikes' in term) return term.spikes[i];
  return term.scale[i % channels] * term.y[i] + term.shift[i % channels];
}

/** Σ terms. */
export function sumOfTerms(terms: readonly CurrentTerm[], channels: number): Float64Array {
  const [first] = terms;
  const { length } = 'spikes' in first ? first.spikes : first.y;
  return Float64Array.from({ length }, (_, i) =>
    terms.reduce((sum, term) => sum + valueOf(term, i, channels), 0),
  );
}

/** Σ g·x̂ by channel: the gradient of γ of the batch norm that a term is under. */
export function gradientDots(gradient: ArrayLike<number>, term: AffineTerm, channels: number): Float64Array {
  const dots = new Float64Array(channels);
  for (let i = 0; i < gradient.length; i++) {
    const c = i % channels;
    dots[c] += gradient[i] * (term.hatScale[c] * term.y[i] + term.hatShift[c]);
  }
  return dots;
}
