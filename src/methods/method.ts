// The form of a method: a named fragment of an experiment, with what its authors published. Tests: test/methods/index.test.ts.
import type { ExperimentInput } from '../experiment/experiment.js';

/** The part of an experiment that methods of a kind set in preset `equal`; `norm` is batch norm, of the potential too. */
export const METHOD_KINDS = ['gradient', 'neuron', 'norm', 'loss'] as const;
/** One of {@link METHOD_KINDS}. */
export type MethodKind = (typeof METHOD_KINDS)[number];

/** `equal`: everything but the method as in ours. `own`: as in the authors' code. */
export const METHOD_PRESETS = ['equal', 'own'] as const;
/** One of {@link METHOD_PRESETS}. */
export type MethodPreset = (typeof METHOD_PRESETS)[number];

/** An accuracy as somebody published it. */
export interface PublishedAccuracy {
  network: string;
  /** Time steps; absent: not said where it was seen. */
  T?: number;
  data: string;
  /** In percent. */
  accuracy: number;
  /** Who says so; what was not seen in the paper itself names who quotes it. */
  source: string;
}

/** A method. */
export interface Method {
  /** By which commands and {@link method} know it. */
  name: string;
  /** In a few words. */
  title: string;
  kind: MethodKind;
  /** A second kind whose settings it sets: it is two things together. */
  also?: MethodKind;
  /** Citation, short. */
  source: string;
  /** `owner/repository@commit` that was read; or why none was. */
  code: { read: string } | { none: string };
  /**
   * What it sets where all else is as in ours: of neurons the threshold θ and the first decay too, where they have such. SGS and
   * Lipschitz regularisation, which the defaults of an experiment have, are off unless they are the method. What is a default is not
   * said again: the run has the same id however it was asked for.
   */
  equal: ExperimentInput;
  /**
   * Every axis as in the authors' code, where it is known and the engines have it. Network, data and seed are not among them: methods
   * are compared on the same. Absent: there is none, and `ownLacks` says why.
   */
  own?: ExperimentInput;
  /** Parts of the authors' recipe that `own` leaves out. */
  ownLacks: string;
  published: PublishedAccuracy[];
  /** A disagreement between code and paper or of two codes, or what else must be known before a comparison. */
  note?: string;
}

/** A method as its file has it; the list gives it its name. */
export type MethodEntry = Omit<Method, 'name'>;

/** Settings without SGS and Lipschitz regularisation, neither of which is another method's. */
export const PLAIN = { neuron: { delta: 0 }, lipschitz: { beta: 0 } } as const satisfies ExperimentInput;

/** A fragment with what it does not set of {@link PLAIN}. */
export const onPlain = (fragment: ExperimentInput): ExperimentInput => ({
  ...fragment,
  neuron: { ...PLAIN.neuron, ...fragment.neuron } as ExperimentInput['neuron'],
  lipschitz: { ...PLAIN.lipschitz, ...fragment.lipschitz },
});

/** A row of `published`. */
export const row = (
  network: string,
  T: number | undefined,
  data: string,
  accuracy: number,
  source: string,
): PublishedAccuracy => ({ network, ...(T !== undefined && { T }), data, accuracy, source });

/** A row's source, where a later paper's table quotes the number. */
export const quotedBy = (paper: string): string => `quoted by ${paper}`;
