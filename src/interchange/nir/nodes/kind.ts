// The form of a type of node: its fields, the shapes on both of its sides, and what it computes, in float64. One file each;
// index.ts lists them. Tests: test/interchange/nir/check.test.ts, test/interchange/nir/run.test.ts.
import { type NirNode, numbersOf } from '../graph.js';
import type { NirConventions } from '../conventions.js';

/** Value of a field of a node. */
export interface FieldKind {
  /**
   * `neuron`: one number a neuron, all such fields of equal shape; `weights`: numbers of any shape; `whole`: whole numbers,
   * one or one an axis; `padding`: whole numbers from 0, or `same` or `valid`.
   */
  is: 'neuron' | 'weights' | 'whole' | 'padding';
  /** It may be absent. */
  optional?: true;
  /** Above 0 everywhere. */
  positive?: true;
  /** Of `neuron`: one number may stand for all. */
  one?: true;
}

/** Computation of a node, step by step. */
export interface Running {
  /**
   * One time step.
   *
   * @param x - the sum of what its edges bring, flat, last axis fastest; not kept
   * @returns what it gives; may be written over at the next step
   */
  step(x: Float64Array): Float64Array;
  /** Potentials after the last step, of nodes that have some: before the reset (`v`) and after it (`u`). */
  potentials?(): { v: Float64Array; u: Float64Array };
}

/** Something of a node that does not hold together, in words that follow its name. */
export class NodeProblem extends Error {
  override name = 'NodeProblem';
}

/** A type of node. */
export interface NodeKind {
  type: string;
  fields: Record<string, FieldKind>;
  /** The conventions that it needs, see {@link NirConventions}. */
  needs: readonly (keyof NirConventions)[];
  /** Whether what it gives hangs on what it was given before: a loop needs such a node. */
  hasState(node: NirNode): boolean;
  /** The shape that it takes by itself, where its fields say so. @throws NodeProblem */
  takes(node: NirNode): number[] | undefined;
  /** The shape that it gives for one that it takes. @throws NodeProblem */
  gives(node: NirNode, shape: number[]): number[];
  /** Starts it from rest. @throws NodeProblem where it cannot be run so */
  start(node: NirNode, shape: number[], conventions: NirConventions): Running;
}

/** Values of a field that is there. */
export const numbers = ({ fields }: NirNode, name: string): Float64Array => {
  const field = fields[name];
  if (field === undefined || typeof field === 'string') throw new NodeProblem(`has no numbers ${name}`);
  return numbersOf(field);
};

/** The shape of a field; undefined of one that is absent or a word. */
export const shapeOf = ({ fields }: NirNode, name: string): number[] | undefined => {
  const field = Object.hasOwn(fields, name) ? fields[name] : undefined;
  return field === undefined || typeof field === 'string' ? undefined : field.shape;
};

/** Whole numbers, one an axis; one number stands for all axes. @throws NodeProblem where there are others */
export function perAxis(node: NirNode, name: string, axes: number): number[] {
  const values = [...numbers(node, name)];
  if (values.length === 1) return Array<number>(axes).fill(values[0]);
  if (values.length !== axes)
    throw new NodeProblem(`has ${name} [${values}], expected ${axes} whole numbers or one`);
  return values;
}

/** Values of a field of neurons, one a neuron: spread where one stands for all, `absent` where there is none. */
export function perNeuron(node: NirNode, name: string, count: number, absent = 0): Float64Array {
  if (shapeOf(node, name) === undefined) return new Float64Array(count).fill(absent);
  const values = numbers(node, name);
  return values.length === count ? values : new Float64Array(count).fill(values[0]);
}

/** Number of values of a shape. */
export const countOf = (shape: readonly number[]): number => shape.reduce((product, n) => product * n, 1);

/** A shape in a message. */
export const shapeText = (shape: readonly number[]): string => `[${shape.join(', ')}]`;
