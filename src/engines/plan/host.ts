// The memory of a model as the calling thread looks at it.
/** The memory of a model, looked at as numbers. Views are made afresh, because memory may grow. */
export interface Host {
  floats(address: number, count: number): Float32Array;
  doubles(address: number, count: number): Float64Array;
  words(address: number, count: number): Uint32Array;
}
