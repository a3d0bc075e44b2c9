// A layer of neurons whose step is generated: what both passes have in common. Tests: test/engines/webgpu/described.slow.ts.
import { before, INPUT } from '../../../equations/names.js';
import type { Node } from '../../generate/graph.js';
import type { StepGraph } from '../../generate/step-graph.js';
import type { Region } from '../../plan/arena.js';
import { blocksOf } from '../../plan/geometry.js';
import type { Terms } from '../../plan/signal.js';
import type { Binding, KernelNumber } from '../dispatch.js';
import { vectorSize } from './current.js';

/** A parameter that a layer learns. */
export interface LearnedRange {
  per: 'layer' | 'channel' | 'neuron';
  /** Where it begins in the region of all parameters, floats. */
  offset: number;
}

/** Such a layer. */
export interface Described {
  step: StepGraph;
  /** A function `derivative` of WGSL, where the step calls one. */
  surrogate: string;
  /** Of the step's table, by the names of the code. */
  table: Readonly<Record<string, KernelNumber>>;
  /** Of each state before the first step. */
  initial: readonly number[];
  /** T. */
  steps: number;
  channels: number;
  /** B·H·W, and H·W. */
  positions: number;
  places: number;
  terms: Terms;
  /** What it learns: in the order of the step's sums, then of its own. */
  learned: readonly LearnedRange[];
  /** All parameters. */
  parameters: Region;
}

/** Numbers of both passes. */
export const describedNumbers = (d: Described): Record<string, KernelNumber> => ({
  ...{ P: d.positions, PIXELS: d.positions * d.steps, PLACES: d.places },
  ...{ CHANNELS: d.channels, VECTOR: vectorSize(d.channels), BLOCKS: blocksOf(d.channels) },
  ...Object.fromEntries(d.learned.map(({ offset }, i) => [`LEARNED${i}`, offset / 4])),
  ...d.table,
});

/** The binding of what is learned, where anything is. */
export const learnedBinding = ({ learned, parameters }: Described): Binding[] =>
  learned.length > 0 ? [{ name: 'parameters', type: 'vec4f', region: parameters }] : [];

const isOwn = ({ per }: LearnedRange): boolean => per === 'neuron';

/** Statements: what a layer or its channels learn; once for an invocation. Names `c4`. */
export const loadShared = ({ learned }: Described): string =>
  learned
    .map((range, i) => {
      if (isOwn(range)) return '';
      const value =
        range.per === 'layer' ? `vec4f(parameters[LEARNED${i}].x)` : `parameters[LEARNED${i} + c4]`;
      return `let learned${i} = ${value};`;
    })
    .join(' ');

/** Statements: what neurons learn for themselves; once for a position `p`. */
export const loadOwn = ({ learned }: Described): string =>
  learned
    .map((range, i) =>
      isOwn(range)
        ? `let learned${i} = parameters[LEARNED${i} + (block * PLACES + p % PLACES) * 8u + lane];`
        : '',
    )
    .join(' ');

/** Statement: the channels of `lane` that are no padding, in which equations may come to anything. */
export const REAL = 'let real = vec4u(block * 32u + 4u * lane) + vec4u(0, 1, 2, 3) < vec4u(CHANNELS);';

/** Expressions of the inputs of the forward step: the current, states before it by `state`, what is learned. */
export function forwardInputs({ step, learned }: Described, state: (i: number) => string): Map<Node, string> {
  const given = new Map<Node, string>([[step.inputs.get(INPUT)!, 'x']]);
  step.states.forEach((name, i) => given.set(step.inputs.get(before(name))!, state(i)));
  [...step.sums, ...step.own].forEach((name, i) => given.set(step.inputs.get(name)!, `learned${i}`));
  if (learned.length !== step.sums.length + step.own.length)
    throw new Error('a learned parameter has no place');
  return given;
}
