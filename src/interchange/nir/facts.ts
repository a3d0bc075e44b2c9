// Facts of a file beyond NIR: how it is meant to be run, and where it comes from. It stands under `metadata/`, the only place that
// no reader takes for parameters; NIR itself says neither how long a step is nor what a reset does.
import { int64, isNirArray, type NirArray, type NirGraph, type NirMetadata, numbersOf } from './graph.js';

/** Reset of neurons: to 0, by subtracting the threshold, or to `v_reset`. */
export const NIR_RESETS = ['zero', 'subtract', 'value'] as const;
/** One of {@link NIR_RESETS}. */
export type NirReset = (typeof NIR_RESETS)[number];

/** Discretisation of the equations: forward Euler, or exactly, for inputs that are constant in a step: by `exp(−dt/tau)`. */
export const NIR_INTEGRATIONS = ['euler', 'exponential'] as const;
/** One of {@link NIR_INTEGRATIONS}. */
export type NirIntegration = (typeof NIR_INTEGRATIONS)[number];

/** Facts of a graph in its metadata; all of it may be absent. */
export interface NirFacts {
  /** Length of a step in the unit of the time constants: seconds, or steps. */
  dt?: number;
  /** Time steps T that the network was trained with. */
  steps?: number;
  reset?: NirReset;
  integration?: NirIntegration;
  /** Comparison of a potential with its threshold: `>`. */
  comparison?: string;
  /** `repeat`: an image is given at every step. `frames`: one frame a step. */
  encoding?: string;
  /** What becomes of the output: `mean over steps`. */
  readout?: string;
  /** Profile of the file, see `exportNir`. */
  profile?: string;
  vocabulary?: string;
  pool?: string;
  network?: string;
  /** Id of the run whose weights these are. */
  run?: string;
  /** SHA-256 (hex) of the weights before they were folded. */
  weights?: string;
  /** Name of the data set, and SHA-256 (hex) over the indices of its parts. */
  data?: string;
  split?: string;
}

const float64 = (value: number): NirArray => ({ dtype: 'float64', shape: [], data: Float64Array.of(value) });

const NUMBERS = { dt: float64, steps: int64 } as const;
const CHOICES = { reset: NIR_RESETS, integration: NIR_INTEGRATIONS } as const;
const TEXTS = [
  ...(['comparison', 'encoding', 'readout', 'profile', 'vocabulary', 'pool'] as const),
  ...(['network', 'run', 'weights', 'data', 'split'] as const),
];

/** Facts as metadata; what is absent is left out. */
export function metadataOf(facts: NirFacts): NirMetadata {
  const metadata: NirMetadata = {};
  for (const [name, value] of Object.entries(facts))
    if (typeof value === 'number') metadata[name] = NUMBERS[name as keyof typeof NUMBERS](value);
    else if (value !== undefined) metadata[name] = value as string;
  return metadata;
}

/** The facts that a graph says, of ours those that are what they should be: metadata is free, and anything may stand there. */
export function factsOf({ metadata = {} }: Pick<NirGraph, 'metadata'>): NirFacts {
  const facts: Record<string, string | number> = {};
  const text = (name: string): string | undefined => {
    const value = Object.hasOwn(metadata, name) ? metadata[name] : undefined;
    return typeof value === 'string' ? value : undefined;
  };
  for (const name of Object.keys(NUMBERS)) {
    const field = Object.hasOwn(metadata, name) ? metadata[name] : '';
    if (typeof field === 'string' || !isNirArray(field)) continue;
    const [value, ...more] = numbersOf(field);
    if (more.length === 0 && value > 0 && Number.isFinite(value)) facts[name] = value;
  }
  for (const [name, choices] of Object.entries(CHOICES)) {
    const value = text(name);
    if (value !== undefined && (choices as readonly string[]).includes(value)) facts[name] = value;
  }
  for (const name of TEXTS) {
    const value = text(name);
    if (value !== undefined) facts[name] = value;
  }
  return facts;
}
