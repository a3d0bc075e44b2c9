// A graph of NIR, the neuromorphic intermediate representation, in memory as it stands in a file: named nodes with their
// arrays, and edges. What the nodes mean is not known here.
// Source: Pedersen et al., Neuromorphic intermediate representation, Nature Communications 15 (2024) 8122, and the layout
// that the Python package nir 1.0.8 writes.
import { DTYPES } from '../../files/arrays/arrays.js';

/** Kinds of numbers in a graph: those of parameters, and of sizes and indices. Booleans are 0 and 1. */
export const NIR_DTYPES = {
  float32: DTYPES.f4,
  float64: DTYPES.f8,
  int64: DTYPES.i8,
  bool: DTYPES.u1,
} as const;
/** One of {@link NIR_DTYPES}. */
export type NirDtype = keyof typeof NIR_DTYPES;

/** A dense array, last axis fastest. Without axes (`shape` empty) it is one number. */
export interface NirArray {
  dtype: NirDtype;
  shape: number[];
  data: Float32Array | Float64Array | BigInt64Array | Uint8Array;
}

/** Value of a field of a node: an array, or a word (`padding` may be `same` or `valid`). */
export type NirField = NirArray | string;

/** Free facts beside a graph or a node; no meaning of theirs is NIR's. */
export interface NirMetadata {
  [name: string]: NirField | NirMetadata;
}

/** A node that computes, or an Input or Output. */
export interface NirNode {
  /** `LIF`, `Conv2d`, …; never `NIRGraph`. */
  type: string;
  fields: Record<string, NirField>;
  metadata?: NirMetadata;
}

/** Named nodes, of which one may itself be a graph, and directed edges between them, which add up where they meet. */
export interface NirGraph {
  type: 'NIRGraph';
  /** By name. The order means nothing. */
  nodes: Map<string, NirNode | NirGraph>;
  /** Source and target, by name. The order means nothing. */
  edges: [from: string, to: string][];
  metadata?: NirMetadata;
  /** Of the package that wrote the file; outermost graph only. */
  version?: string;
}

/** Whether a node is a graph. */
export const isNirGraph = (node: NirNode | NirGraph): node is NirGraph => node.type === 'NIRGraph';

/** Whether something of a node or of metadata is an array. */
export const isNirArray = (field: NirField | NirMetadata): field is NirArray =>
  typeof field === 'object' && ArrayBuffer.isView(field.data);

/** float32 numbers as an array. */
export const float32Array = (values: ArrayLike<number>, shape: number[] = [values.length]): NirArray => ({
  dtype: 'float32',
  shape,
  data: new Float32Array(values),
});

/** Whole numbers as an array. */
export const int64Array = (values: readonly number[], shape: number[] = [values.length]): NirArray => ({
  dtype: 'int64',
  shape,
  data: BigInt64Array.from(values, BigInt),
});

/** One whole number. */
export const int64 = (value: number): NirArray => int64Array([value], []);

/** The values of an array as numbers; whole ones beyond ±2^53 are rounded. */
export const numbersOf = ({ data }: NirArray): Float64Array =>
  Float64Array.from(data as ArrayLike<number>, Number);
