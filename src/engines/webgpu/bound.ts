// A dispatch with its pipeline, bound to memory, and its way into a command buffer.
// Tests: test/engines/webgpu/memory.test.ts.
import type { Dispatch } from './dispatch.js';

/** See the head of the file. */
export interface Bound {
  dispatch: Dispatch;
  pipeline: GPUComputePipeline;
  /** Group 0, and group 1 where it has numbers. */
  groups: GPUBindGroup[];
}

/** Encodes dispatches, in order, as one pass, and ends it. */
export function encode(
  encoder: GPUCommandEncoder,
  work: readonly Bound[],
  descriptor?: GPUComputePassDescriptor,
): void {
  const pass = encoder.beginComputePass(descriptor);
  for (const { dispatch, pipeline, groups } of work) {
    pass.setPipeline(pipeline);
    for (const [i, group] of groups.entries()) pass.setBindGroup(i, group);
    pass.dispatchWorkgroups(...dispatch.groups);
  }
  pass.end();
}
