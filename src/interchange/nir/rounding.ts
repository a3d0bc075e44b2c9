// Files have float32. Where currents are means of spikes, a potential can be exactly at the threshold, and does not fire. So what
// such a current is multiplied by is rounded downwards: no rounding may lift it over.

/** One float32 and its bits, of which the next number in size has one more. */
const near = new Float32Array(1);
const bits = new Uint32Array(near.buffer);

/** The float32 next to a number, not above it in size. */
export function roundedDown(value: number): number {
  near[0] = value;
  if (Math.abs(near[0]) > Math.abs(value)) bits[0] -= 1;
  return near[0];
}

/** The float32 next to a number, not below it in size. */
export function roundedUp(value: number): number {
  near[0] = value;
  if (Math.abs(near[0]) < Math.abs(value)) bits[0] += 1;
  return near[0];
}
