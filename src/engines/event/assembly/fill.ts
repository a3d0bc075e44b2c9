// Sets memory to zero, in slices.
import { Zero } from './arguments'; // generated: ../kernel-arguments.ts

export function zero(args: Zero, unit: i32, _scratch: usize): void {
  const from = <usize>unit * args.slice;
  const bytes = min(args.bytes - from, args.slice);
  memory.fill(args.address + from, 0, bytes);
}
