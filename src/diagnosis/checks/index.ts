// The checks in the order of the report: what explains others first. Adding one: its file, and its line here.
import type { Check } from '../check.js';
import { aligned } from './aligned.js';
import { covered } from './covered.js';
import { curve } from './curve.js';
import { dead } from './dead.js';
import { finite } from './finite.js';
import { flow } from './flow.js';
import { noise } from './noise.js';
import { saturated } from './saturated.js';
import { updates } from './updates.js';
import { window } from './window.js';

/** All checks. */
export const checks: readonly Check[] = [
  finite,
  dead,
  saturated,
  window,
  covered,
  flow,
  aligned,
  updates,
  noise,
  curve,
];
