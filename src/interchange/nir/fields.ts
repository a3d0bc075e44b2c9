// Checks that a node has the fields of its type, and sound values in them. Tests: test/interchange/nir/check.test.ts.
import { type NirFinding, quoted } from './finding.js';
import { isNirArray, type NirField, type NirNode, numbersOf } from './graph.js';
import { nodeKind, nodeKinds } from './nodes/index.js';
import { countOf, type FieldKind, type NodeKind, shapeText } from './nodes/kind.js';

/** Time constants of that many seconds are steps, in all likelihood. */
const LONG = 1;

/** Faults of the type and the fields of a node. */
export const fieldFindings = (node: NirNode): Omit<NirFinding, 'node'>[] => {
  const problems = fieldProblems(node);
  return problems.length > 0
    ? problems.map((problem) => ({ level: 'error', problem }))
    : longTimes(node).map((problem) => ({ level: 'warning', problem }));
};

/** NIR counts seconds; some programs wrote steps. */
const longTimes = ({ fields }: NirNode): string[] =>
  Object.entries(fields).flatMap(([name, field]) => {
    const longest =
      /^(tau|delay)/.test(name) && isNirArray(field) ? Math.max(...numbersOf(field).slice(0, 1000)) : 0;
    return longest < LONG
      ? []
      : [`has ${name} of ${longest} s: NIR counts seconds, and this looks like steps`];
  });

/** Faults of the type and the fields of a node. */
function fieldProblems(node: NirNode): string[] {
  const kind = nodeKind(node.type);
  if (kind === undefined)
    return [
      `has the unknown type ${quoted(node.type)}; NIR has ${Object.keys(nodeKinds).join(', ')}, NIRGraph`,
    ];
  const names = Object.entries(kind.fields);
  const missing = names.filter(([name, { optional }]) => !optional && !Object.hasOwn(node.fields, name));
  const unknown = Object.keys(node.fields).filter((name) => !Object.hasOwn(kind.fields, name));
  const list = names.map(([name, { optional }]) => (optional ? `${name} if wanted` : name)).join(', ');
  const problems = [
    ...missing.map(([name]) => `has no ${quoted(name)}; ${kind.type} needs ${list}`),
    ...unknown.map(
      (name) => `has ${quoted(name)}, which ${kind.type} has not; free facts belong under metadata`,
    ),
    ...names.flatMap(([name, field]) =>
      Object.hasOwn(node.fields, name) ? (valueProblem(name, node.fields[name], field) ?? []) : [],
    ),
  ];
  return problems.length > 0 ? problems : unequalShapes(node, kind);
}

function valueProblem(name: string, value: NirField, { is, positive }: FieldKind): string | undefined {
  if (!isNirArray(value))
    return is === 'padding' ? undefined : `has the word ${quoted(value)} as ${name}, expected numbers`;
  const whole = is === 'whole' || is === 'padding';
  const numbers = numbersOf(value);
  if (numbers.length !== countOf(value.shape))
    return `has ${numbers.length} values in ${name}, expected ${countOf(value.shape)} as its shape says`;
  if (numbers.length === 0) return `has nothing in ${name}, expected numbers`;
  if (numbers.some((one) => Number.isNaN(one))) return `has a NaN in ${name}`;
  if (whole && !numbers.every((one) => Number.isSafeInteger(one)))
    return `has ${name} [${numbers.slice(0, 4)}], expected whole numbers`;
  if (positive && !numbers.every((one) => one > 0))
    return `has ${numbers.find((one) => !(one > 0))} in ${name}, expected numbers above 0`;
  return undefined;
}

/** Fields of neurons have a value a neuron: they are of one shape. */
function unequalShapes(node: NirNode, { fields }: NodeKind): string[] {
  const shapes = Object.entries(fields)
    .filter(([name, { is }]) => is === 'neuron' && Object.hasOwn(node.fields, name))
    .map(([name, { one }]) => ({ name, one, value: node.fields[name] }))
    .filter(({ one, value }) => isNirArray(value) && !(one && value.data.length === 1));
  const [first, ...others] = shapes.map(({ name, value }) => ({
    name,
    shape: isNirArray(value) ? value.shape : [],
  }));
  return others
    .filter(({ shape }) => shape.join() !== first.shape.join())
    .map(
      ({ name, shape }) =>
        `has ${name} of shape ${shapeText(shape)} and ${first.name} of shape ${shapeText(first.shape)}, expected one value a neuron in both`,
    );
}
