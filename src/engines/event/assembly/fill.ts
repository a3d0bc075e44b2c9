// Sets memory to zero, in slices.

/** args: address, bytes, bytes per unit. */
export function zero(args: usize, unit: i32, _scratch: usize): void {
  const from = <usize>unit * <usize>load<u32>(args, 8);
  const bytes = min(<usize>load<u32>(args, 4) - from, <usize>load<u32>(args, 8));
  memory.fill(<usize>load<u32>(args) + from, 0, bytes);
}
