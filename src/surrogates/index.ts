// The surrogate derivatives h(u), u = v − θ, that stand in for the derivative of the step function, each with
// the smooth primitive whose derivative it is. Plain numbers here; the engines hold their own tensor forms.
import { SettingsError } from '../errors.js';

/** The built-in surrogates, in the order in which they are documented. */
export const SURROGATE_NAMES = [
  'rectangle',
  'triangle',
  'sigmoid',
  'atan',
  'gaussian',
  'fastSigmoid',
  'identity',
] as const;
/** One of {@link SURROGATE_NAMES}. */
export type SurrogateName = (typeof SURROGATE_NAMES)[number];

/** One surrogate: its derivative, its primitive and its shape parameter. */
export interface Surrogate {
  name: SurrogateName;
  /** Symbol and default of the shape parameter: chosen so that h has unit peak and unit area. */
  parameter?: { symbol: string; default: number };
  /** h(u). */
  derivative(u: number, parameter: number): number;
  /** H(u) with H′ = h, and H(0) = ½ (identity: H(u) = u). */
  primitive(u: number, parameter: number): number;
}

const sigmoid = (z: number): number => 1 / (1 + Math.exp(-z));

/** The error function as a series, exact to rounding; common approximations (error 1.5e-7) are too coarse to check derivatives with. */
function erf(x: number): number {
  if (Math.abs(x) > 6) return Math.sign(x);
  let term = x;
  let sum = x;
  for (let n = 1; Math.abs(term) > 1e-18 * Math.abs(sum) && n < 400; n++) {
    term *= (2 * x * x) / (2 * n + 1); // e^(−x²) Σ 2ⁿ x^(2n+1) / (2n+1)!!: all terms positive
    sum += term;
  }
  return (2 / Math.sqrt(Math.PI)) * Math.exp(-x * x) * sum;
}

/** All built-in surrogates by name. Sources: see the equations' papers named at each. */
export const surrogates: Record<SurrogateName, Surrogate> = {
  /** STBP (Wu et al. 2018): h = 1/a inside |u| \< a/2 (strict), else 0. The authors' own; a = 1 is `lens = 0.5`. */
  rectangle: {
    name: 'rectangle',
    parameter: { symbol: 'a', default: 1 },
    derivative: (u, a) => (Math.abs(u) < a / 2 ? 1 / a : 0),
    primitive: (u, a) => Math.min(1, Math.max(0, u / a + 0.5)),
  },
  /** Bellec et al. 2018, TET: h = max(0, γ − |u|)/γ². */
  triangle: {
    name: 'triangle',
    parameter: { symbol: 'γ', default: 1 },
    derivative: (u, gamma) => Math.max(0, gamma - Math.abs(u)) / (gamma * gamma),
    primitive: (u, gamma) => {
      const z = Math.min(1, Math.max(-1, u / gamma));
      return 0.5 + z - (z * Math.abs(z)) / 2;
    },
  },
  /** h = α s(αu)(1 − s(αu)), s the logistic function. */
  sigmoid: {
    name: 'sigmoid',
    parameter: { symbol: 'α', default: 4 },
    derivative: (u, alpha) => {
      const s = sigmoid(alpha * u);
      return alpha * s * (1 - s);
    },
    primitive: (u, alpha) => sigmoid(alpha * u),
  },
  /** Fang et al. 2021: h = (α/2) / (1 + (παu/2)²). */
  atan: {
    name: 'atan',
    parameter: { symbol: 'α', default: 2 },
    derivative: (u, alpha) => alpha / 2 / (1 + ((Math.PI * alpha * u) / 2) ** 2),
    primitive: (u, alpha) => Math.atan((Math.PI * alpha * u) / 2) / Math.PI + 0.5,
  },
  /** h = exp(−u²/2σ²) / (√(2π) σ). */
  gaussian: {
    name: 'gaussian',
    parameter: { symbol: 'σ', default: 1 / Math.sqrt(2 * Math.PI) },
    derivative: (u, sigma) => Math.exp((-u * u) / (2 * sigma * sigma)) / (Math.sqrt(2 * Math.PI) * sigma),
    primitive: (u, sigma) => 0.5 * (1 + erf(u / (Math.SQRT2 * sigma))),
  },
  /** SuperSpike (Zenke & Ganguli 2018): h = 1/(1 + α|u|)²; its area is 2/α. */
  fastSigmoid: {
    name: 'fastSigmoid',
    parameter: { symbol: 'α', default: 2 },
    derivative: (u, alpha) => 1 / (1 + alpha * Math.abs(u)) ** 2,
    primitive: (u, alpha) => 0.5 + u / (1 + alpha * Math.abs(u)),
  },
  /** The straight-through estimator without a window: h = 1 everywhere. */
  identity: { name: 'identity', derivative: () => 1, primitive: (u) => u },
};

/** A surrogate as an experiment names it: the name, and the shape parameter where it is not the default. */
export interface SurrogateSettings {
  name: SurrogateName;
  /** a, γ, α or σ; positive. Default: the one with unit peak and unit area. */
  parameter?: number;
}

/** The shape parameter in force. Throws SettingsError when it is not positive. */
export function surrogateParameter({ name, parameter }: SurrogateSettings): number {
  const value = parameter ?? surrogates[name].parameter?.default ?? 1;
  if (!(value > 0)) throw new SettingsError(`surrogate ${name}: its parameter must be > 0, got ${value}`);
  return value;
}
