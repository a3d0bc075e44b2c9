// The equations of one step, read: the variable that each sets, and the meaning of its names. Tests:
// test/equations/neuron.test.ts.
import { didYouMean } from '../did-you-mean.js';
import { SettingsError } from '../errors.js';
import type { NeuronDescription } from './description.js';
import { type Assignment, type CallNode, type Expression, nodesOf, renamed } from './expression.js';
import { CONSTANTS } from './functions.js';
import { before, INPUT, POTENTIAL } from './names.js';
import { parseAssignment } from './parse.js';
import { equationError, type Place, quoted } from './place.js';

const isCall = (node: Expression, fn: string): node is CallNode => node.kind === 'call' && node.fn === fn;

/** Throws where a name of an expression is not known. */
export function checkKnown(place: Place, expression: Expression, known: ReadonlySet<string>): void {
  for (const node of nodesOf(expression))
    if (node.kind === 'name' && !known.has(node.name) && !CONSTANTS.has(node.name))
      throw equationError(
        ...[place, node.at, `unknown name ${quoted(node.name)}`],
        `one of ${[...known].join(', ')}${didYouMean(node.name, [...known])}`,
      );
}

/** `spike` stands alone on the right of an equation, where one is allowed; nothing else has its gradient. */
export function checkSpikes(place: Place, expression: Expression, allowed: boolean): void {
  for (const node of nodesOf(expression)) {
    if (isCall(node, 'spike') && !(allowed && node === expression))
      throw equationError(
        place,
        node.at,
        'a spike within an expression',
        'an equation of its own, such as o = spike(v - theta)',
      );
    if (isCall(node, 'detach') && !allowed)
      throw equationError(place, node.at, 'detach outside a step', 'an expression that is computed once');
  }
}

/** Reads the step: what each equation sets, and what its names stand for. */
export function readStep(label: string, { step, state }: NeuronDescription, parameters: readonly string[]) {
  const states = Object.keys(state);
  const known = new Set([INPUT, ...parameters, ...states]);
  const set = new Set<string>();
  let spike: string | null = null;
  const forward = step.map((text, i): Assignment => {
    const place = { label: `${label}, step ${i + 1}`, text };
    const { name: target, value } = parseAssignment(text, place.label);
    const at = text.indexOf(target);
    if (set.has(target))
      throw equationError(place, at, `${quoted(target)} is set twice`, 'one equation for each name');
    if (known.has(target) && !states.includes(target))
      throw equationError(
        place,
        at,
        `${quoted(target)} is the input or a parameter`,
        'a state or a new name',
      );
    checkKnown(place, value, known);
    checkSpikes(place, value, true);
    if (isCall(value, 'spike')) {
      if (spike)
        throw equationError(
          place,
          value.at,
          `a second spike, besides ${quoted(spike)}`,
          'one spike in a step',
        );
      if (!set.has(POTENTIAL))
        throw equationError(
          place,
          value.at,
          `no ${quoted(POTENTIAL)} is set before the spike`,
          'the potential under this name: SGS scales the gradient by it',
        );
      spike = target;
    }
    const meant = renamed(value, (old) => (states.includes(old) && !set.has(old) ? before(old) : old));
    set.add(target);
    known.add(target);
    return { name: target, value: meant };
  });
  const unset = states.find((key) => !set.has(key));
  if (unset !== undefined)
    throw new SettingsError(
      `${label}: the state ${quoted(unset)} is set by no equation of the step; add ${unset} = …`,
    );
  return { forward, set, spike };
}
