// Properties of a surrogate derivative: the two properties that make surrogates comparable (unit peak, unit area), where it ends,
// whether it is the derivative of its primitive, and what SGS does with it.
import type { SurrogateDescription } from './description.js';
import { readSurrogate, type Surrogate } from './surrogate.js';

/** Result of {@link checkSurrogate}. */
export interface SurrogateCheck {
  /** Nothing is wrong: no note in `faults`. */
  ok: boolean;
  /** Faults that make it unusable: not finite, negative, not the derivative of its primitive. */
  faults: string[];
  /** Notes for comparisons with others: another area or peak than 1, a peak elsewhere than at 0. */
  notes: string[];
  /** ∫ h(u) du over the whole line, within 1e-4; Infinity where it does not settle. */
  area: number;
  /** The largest h, and where. */
  peak: { value: number; at: number };
  /** h is 0 where |u| reaches it, within 1e-6; Infinity where it does not end within 1e3. */
  support: number;
  /** Largest difference between h and the central difference of H, relative to the peak; null without a primitive. */
  primitive: number | null;
  /** What SGS does with it, Eq. (5), at a threshold θ and a strength δ. */
  sgs: {
    /** The least and the largest scale `1 ± δ(v − o)` where h is not 0; ∓Infinity where h does not end. */
    least: number;
    largest: number;
    /** The δ above which the scale turns some gradient round; 0 where h does not end: every δ does somewhere. */
    turnsAt: number;
  };
}

/** Options of the check. */
export interface SurrogateCheckOptions {
  /** Threshold θ. Default 0.5. */
  theta?: number;
  /** SGS strength δ. Default 1e-4. */
  delta?: number;
}

const CELLS = 200_000;
const FARTHEST = 1e3;

/**
 * ∫ h over the line. With u = z/(1 − z²) it is |z| \< 1 and du = (1 + z²)/(1 − z²)² dz: tails that fall as 1/u² become bounded.
 * Midpoint rule; a jump costs at most one cell.
 */
function areaOf(h: Surrogate['derivative'], cells: number): number {
  let area = 0;
  for (let i = 0; i < cells; i++) {
    const z = (2 * i + 1) / cells - 1;
    const rest = 1 - z * z;
    area += ((h(z / rest) * (1 + z * z)) / (rest * rest)) * (2 / cells);
  }
  return area;
}

/** The area, or Infinity where it goes on growing as the rule reaches farther out. */
function settledArea(h: Surrogate['derivative']): number {
  const [coarse, fine] = [areaOf(h, CELLS / 4), areaOf(h, CELLS)];
  return Math.abs(fine - coarse) <= 1e-3 * Math.max(1, Math.abs(fine)) ? fine : Infinity;
}

/** Points at which a surrogate is checked: close together near 0, and out to where nothing should be left. */
const POINTS = [
  ...Array.from({ length: 16_001 }, (_, i) => (i - 8000) / 1000),
  ...Array.from({ length: 200 }, (_, i) => 8 * (FARTHEST / 8) ** ((i + 1) / 200)).flatMap((u) => [-u, u]),
];

/**
 * Where h ends: between the outermost point at which it is not 0 and the next, by halving. Where nothing but an exponential
 * that has become too small for a number ends, h does not.
 */
function supportOf(h: Surrogate['derivative'], peak: number): number {
  const inside = Math.max(0, ...POINTS.filter((u) => h(u) !== 0).map(Math.abs));
  if (inside >= FARTHEST * (1 - 1e-9)) return Infinity;
  let [low, high] = [inside, inside < 8 ? inside + 1e-3 : inside * 1.05];
  while (high - low > 1e-9 * Math.max(1, high)) {
    const middle = (low + high) / 2;
    if (h(middle) !== 0 || h(-middle) !== 0) low = middle;
    else high = middle;
  }
  const within = Math.max(h(0.99 * high), h(-0.99 * high));
  return within < 1e-30 * peak ? Infinity : high;
}

/** The largest difference from the central difference of H, the corners of h left out: there is none there. */
function primitiveDifference({ derivative: h, primitive: H }: Required<Surrogate>, peak: number): number {
  const step = 1e-5;
  let worst = 0;
  for (let u = -3.00317; u < 3; u += 0.01371) {
    const [left, right] = [h(u - 4 * step), h(u + 4 * step)];
    if (Math.abs(left - right) > 0.05 * peak) continue; // a jump within the difference
    const off = Math.abs(h(u) - (H(u + step) - H(u - step)) / (2 * step)) / peak;
    if (!(off <= worst)) worst = off;
  }
  return worst;
}

/** |v − o| at its largest where h is not 0: v below θ has o = 0, v above has 1. */
const farthestFromSpike = (support: number, theta: number): number =>
  Math.max(Math.abs(theta - support), Math.abs(theta), Math.abs(theta - 1), Math.abs(theta + support - 1));

/**
 * Looks at a surrogate derivative.
 *
 * @param description - a name and its derivative h(u) as text, u = v − θ; `primitive` where there is one
 * @param options - `theta`: the threshold θ, default 0.5; `delta`: the SGS strength δ, default 1e-4
 * @returns area, peak and support of h, the least and the largest scale of SGS with it, and what is wrong with it in words
 * @throws SettingsError where the description is none
 *
 * @example
 * ```ts
 * checkSurrogate({ name: 'triangle', derivative: 'max(0, 1 - abs(u))' });
 * // { ok: true, area: 1, peak: { value: 1, at: 0 }, support: 1, … }
 * ```
 */
export function checkSurrogate(
  description: SurrogateDescription,
  { theta = 0.5, delta = 1e-4 }: SurrogateCheckOptions = {},
): SurrogateCheck {
  const { derivative, primitive } = readSurrogate(description);
  const values = POINTS.map((u) => derivative(u));
  const bad = POINTS.filter((_, i) => !Number.isFinite(values[i]));
  const negative = POINTS.filter((_, i) => values[i] < 0);
  const top = values.reduce((best, value, i) => (value > values[best] ? i : best), POINTS.indexOf(0));
  const peak = { value: values[top], at: POINTS[top] };
  const area = bad.length > 0 ? NaN : settledArea(derivative);
  const support = supportOf(derivative, peak.value);
  const off = primitive ? primitiveDifference({ derivative, primitive }, peak.value) : null;
  const farthest = farthestFromSpike(support, theta);

  const faults = [
    ...(bad.length > 0 ? [`it is ${derivative(bad[0])} at u = ${bad[0]}`] : []),
    ...(negative.length > 0 ? [`it is negative at u = ${negative[0]}: it would turn gradients round`] : []),
    ...(peak.value > 0 ? [] : ['it is nowhere above 0: no gradient passes']),
    ...(off !== null && !(off <= 1e-6)
      ? [`it is not the derivative of its primitive: they differ by ${off} of its peak`]
      : []),
  ];
  const notes = [
    ...(Math.abs(area - 1) > 1e-3 ? [`its area is ${area}, not 1`] : []),
    ...(Math.abs(peak.value - 1) > 1e-6 ? [`its peak is ${peak.value}, not 1`] : []),
    ...(peak.at === 0 ? [] : [`its peak is at u = ${peak.at}, not at the threshold`]),
  ];
  const sgs = { least: 1 - delta * farthest, largest: 1 + delta * farthest, turnsAt: 1 / farthest };
  return { ok: faults.length === 0, faults, notes, area, peak, support, primitive: off, sgs };
}
