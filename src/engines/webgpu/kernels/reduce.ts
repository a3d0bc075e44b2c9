// Sums over the rows of a workgroup, always in the same order: `row = i >> 3`, and lane `i & 7` holds four channels.
// Tests: test/engines/webgpu/kernels/moments.slow.ts.

/**
 * WGSL: `over_rows(i, value)` gives each thread the sum of its lane over all rows, by a tree. To be called by all threads.
 *
 * @param threads - of the workgroup: 8 · a power of two
 */
export const overRows = (threads: number): string => `
var<workgroup> row_sums: array<vec4f, ${threads}>;
fn over_rows(i: u32, value: vec4f) -> vec4f {
  row_sums[i] = value;
  workgroupBarrier();
  for (var half = ${threads / 16}u; half > 0u; half >>= 1u) {
    if ((i >> 3u) < half) { row_sums[i] = row_sums[i] + row_sums[i + half * 8u]; }
    workgroupBarrier();
  }
  let sum = row_sums[i & 7u];
  workgroupBarrier();
  return sum;
}`;
