// LIF and IF of NIR as our neuron. With no leak potential and a reset to 0, or by the threshold, a neuron's potential may be
// counted in any unit: r, the share of a step and differing thresholds become factors of the weights before it.
// Tests: test/interchange/nir/import/import.test.ts.
import { UnsupportedError } from '../../../errors.js';
import type { NeuronSettings } from '../../../neurons/lif.js';
import type { NirConventions } from '../conventions.js';
import { nodeText } from '../finding.js';
import type { NirNode } from '../graph.js';
import { numbers, perNeuron, shapeOf } from '../nodes/kind.js';
import { countOf } from '../nodes/kind.js';
import { type Gain, snapped } from './gain.js';
import { refuse } from './refuse.js';

/** The neuron of a network, and what inputs of each population are multiplied by. */
export interface ImportedNeurons {
  neuron: Pick<NeuronSettings, 'tau' | 'theta' | 'reset'>;
  /** By path of node, a factor for each neuron. */
  gains: Map<string, Gain>;
}

/**
 * Reads all neurons of a graph as one neuron of ours.
 *
 * @param populations - LIF and IF by path
 * @throws UnsupportedError naming the node and what of it is no neuron of ours
 */
export function importedNeurons(
  populations: ReadonlyMap<string, NirNode>,
  conventions: NirConventions,
): ImportedNeurons {
  const { reset, comparison } = conventions;
  let first: { path: string; tau: number; theta: number } | undefined;
  const gains = new Map<string, Gain>();
  for (const [path, node] of populations) {
    const count = countOf(shapeOf(node, 'r')!);
    const fail = (problem: string): never => refuse(path, node, problem);
    if (comparison === '>=') fail('fires at the threshold (>=), and ours above it');
    if (perNeuron(node, 'v_leak', count).some((v) => v !== 0)) fail('has a v_leak other than 0');
    if (reset === 'value' && perNeuron(node, 'v_reset', count).some((v) => v !== 0))
      fail('has a v_reset other than 0');
    const thresholds = numbers(node, 'v_threshold');
    if (!thresholds.every((theta) => theta > 0 && Number.isFinite(theta)))
      fail('has a v_threshold that is not above 0');
    const decays = decaysOf(node, count, conventions);
    first ??= { path, tau: decays[0], theta: shortestFloat32(thresholds[0]) };
    const other = decays.find((decay) => decay !== first!.tau);
    if (other !== undefined)
      fail(`decays to ${other} in a step, and ${nodeText(first.path)} to ${first.tau}: ours share one decay`);
    const share = node.type === 'IF' ? conventions.dt! : 1 - first.tau;
    const { theta } = first;
    const r = numbers(node, 'r');
    gains.set(
      path,
      r.map(
        (one, i) =>
          snapped(one * share) * (shortestFloat32(thresholds[i]) === theta ? 1 : theta / thresholds[i]),
      ),
    );
  }
  if (first === undefined)
    throw new UnsupportedError('NIR import: the graph has neither LIF nor IF; runNir simulates it as it is');
  return {
    neuron: { tau: first.tau, theta: first.theta, reset: reset === 'subtract' ? 'soft' : 'hard' },
    gains,
  };
}

/** What is left of a potential after a step, as the shortest decimal that its time constant in float32 can mean. */
function decaysOf(node: NirNode, count: number, { dt, integration }: NirConventions): number[] {
  if (node.type === 'IF') return Array<number>(count).fill(1);
  const { dtype } = node.fields.tau as { dtype: string };
  const slack = dtype === 'float32' ? 2 ** -23 : 2 ** -51;
  const known = new Map<number, number>();
  return Array.from(perNeuron(node, 'tau', count), (tau) => {
    let decay = known.get(tau);
    if (decay === undefined) {
      const exact = integration === 'exponential' ? Math.exp(-dt! / tau) : 1 - dt! / tau;
      const tauOf = (d: number): number =>
        integration === 'exponential' ? -dt! / Math.log(d) : dt! / (1 - d);
      decay = shortestDecimal(exact, (d) => Math.abs(tauOf(d) - tau) <= slack * tau);
      if (!(decay >= 0 && decay < 1))
        throw new UnsupportedError(
          `NIR import: dt ${dt} s is above a time constant of ${tau} s, and a potential would change its sign in every step; give a smaller dt`,
        );
      known.set(tau, decay);
    }
    return decay;
  });
}

const shortestFloat32 = (value: number): number =>
  Math.fround(value) === value ? shortestDecimal(value, (d) => Math.fround(d) === value) : value;

/** The number with the fewest digits that will do, or the exact one. */
function shortestDecimal(exact: number, willDo: (value: number) => boolean): number {
  for (let digits = 1; digits <= 17; digits++) {
    const decimal = Number(exact.toPrecision(digits));
    if (willDo(decimal)) return decimal;
  }
  return exact;
}
