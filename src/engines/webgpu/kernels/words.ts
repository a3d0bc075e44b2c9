// Spikes brought together as words: an invocation has four channels of a pixel, and the eight that share a word are neighbours. A group
// takes 32 pixels of a block, and goes through the steps. Tests: test/engines/webgpu/kernels/neurons.slow.ts.

/** Declarations, and the head of a kernel whose grid is {@link spread} over 32 positions, blocks in z. WGSL. */
export const FORWARD_HEAD = `
var<workgroup> nibbles: array<u32, 512>; // of this step and of the one before, which may still be read
@compute @workgroup_size(256)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) i: u32) {
  let block = group.z;
  let lane = i & 7u;
  let c4 = block * 8u + lane;
  let first = (group.y * GROUPS + group.x) * 32u;
  let p = first + (i >> 3u);
  let inside = p < P;`;

/** The half of the nibbles that step `t` uses. WGSL statement. */
export const HALF = 'let half = (t & 1u) * 256u;';

/** Keeps the spikes of four channels, a `vec4<bool>`. WGSL statement. */
export const keepNibble = (fires: string): string =>
  `nibbles[half + i] = dot(select(vec4u(0), vec4u(1, 2, 4, 8), ${fires}), vec4u(1)) << (4u * lane);`;

/** Writes the words of step `t`, once all of the group have kept theirs. WGSL statements. */
export const WRITE_WORDS = `workgroupBarrier();
    if (i < 32u && first + i < P) {
      var word = 0u;
      for (var k = 0u; k < 8u; k++) { word |= nibbles[half + i * 8u + k]; }
      spikes[block * PIXELS + t * P + first + i] = word;
    }`;
