// Delay: y(t) = x(t − τ), a delay of its own for every value. Tests: test/interchange/nir/run.test.ts.
import { type NodeKind, NodeProblem, numbers, shapeOf } from './kind.js';

/** Delays that are so close to whole steps are them: the file has them in float32. */
const TOLERANCE = 1e-5;
const MOST_STEPS = 1_000_000;
const MOST_VALUES = 2 ** 26;

/** Delays in seconds as whole steps. @throws NodeProblem where they are not, or too many to be kept */
function stepsOf(delays: Float64Array, dt: number): number[] {
  const steps = Array.from(delays, (delay) => {
    const exact = delay / dt;
    const whole = Math.round(exact);
    if (!(delay >= 0 && whole <= MOST_STEPS))
      throw new NodeProblem(`has a delay of ${delay} s, expected 0 to ${MOST_STEPS} steps of ${dt} s`);
    if (Math.abs(exact - whole) > TOLERANCE * Math.max(1, whole))
      throw new NodeProblem(
        `has a delay of ${delay} s, which is ${exact} steps of ${dt} s, expected a whole number; take another dt`,
      );
    return whole;
  });
  if (steps.reduce((sum, one) => sum + one, 0) > MOST_VALUES)
    throw new NodeProblem(`keeps more than ${MOST_VALUES} values; take a larger dt`);
  return steps;
}

/** y(t) = x(t − τ). */
export const delay: NodeKind = {
  type: 'Delay',
  fields: { delay: { is: 'neuron' } },
  needs: ['dt'],
  hasState: (node) => numbers(node, 'delay').every((one) => one > 0),
  takes: (node) => shapeOf(node, 'delay'),
  gives: (_, shape) => shape,
  start(node, _, { dt }) {
    const kept = stepsOf(numbers(node, 'delay'), dt!).map((steps) => new Float64Array(steps));
    let time = 0;
    return {
      step(x) {
        const y = x.map((now, i) => {
          const past = kept[i];
          if (past.length === 0) return now;
          const then = past[time % past.length];
          past[time % past.length] = now;
          return then;
        });
        time++;
        return y;
      },
    };
  },
};
