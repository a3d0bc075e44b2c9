// Set by whoever makes an instance (instance.ts): kernels that have a form with more accumulators take it then.

/** 1 where the machine has vectors of 256 bits and V8 makes use of them. */
export let wide: i32 = 0;
