// Shows how the multiply-add of this build rounds: one vector, which `chooseBuild` looks at.
import { Probe } from './arguments'; // generated: ../kernel-arguments.ts
import { madd } from './madd';

/** At `vectors` lie four: a, b, c and a·b + c, the last of which is written. */
export function probeMadd(args: Probe, _unit: i32, _scratch: usize): void {
  const at = args.vectors;
  v128.store(at, madd(v128.load(at), v128.load(at, 16), v128.load(at, 32)), 48);
}
