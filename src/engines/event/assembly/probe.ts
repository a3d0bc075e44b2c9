// Shows how the multiply-add of this build rounds: one vector, which `chooseBuild` looks at.
import { madd } from './madd';

/** args: address of four vectors a, b, c and a·b + c, the last of which is written. */
export function probeMadd(args: usize, _unit: i32, _scratch: usize): void {
  const at = <usize>load<u32>(args);
  v128.store(at, madd(v128.load(at), v128.load(at, 16), v128.load(at, 32)), 48);
}
