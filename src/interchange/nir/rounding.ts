// Files have float32. Where currents are means of spikes, a potential can be exactly at the threshold, and does not fire. So what
// such a current is multiplied by is rounded downwards: no rounding may lift it over.

/** The float32 next to a number, not above it in size. */
export function roundedDown(value: number): number {
  const near = Float32Array.of(value);
  if (Math.abs(near[0]) > Math.abs(value)) new Uint32Array(near.buffer)[0] -= 1;
  return near[0];
}

/** The float32 next to a number, not below it in size. */
export function roundedUp(value: number): number {
  const near = Float32Array.of(value);
  if (Math.abs(near[0]) < Math.abs(value)) new Uint32Array(near.buffer)[0] += 1;
  return near[0];
}
