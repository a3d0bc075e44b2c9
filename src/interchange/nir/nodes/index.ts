// The types of nodes that NIR has, in the order of its documentation. Adding one: its file, and its line here.
// Tests: test/interchange/nir/run.test.ts.
import { affine, linear } from './affine.js';
import { conv1d, conv2d } from './conv.js';
import { cubaLeakyIntegrateAndFire, cubaLeakyIntegrator } from './cuba.js';
import { delay } from './delay.js';
import { scale, threshold } from './elementwise.js';
import { flatten } from './flatten.js';
import type { NodeKind } from './kind.js';
import { i, integrateAndFire, leakyIntegrateAndFire, leakyIntegrator } from './leaky.js';
import { avgPool2d, sumPool2d } from './pool.js';
import { input, output } from './ports.js';

const all: NodeKind[] = [
  ...[input, output, affine, linear, scale, conv1d, conv2d, sumPool2d, avgPool2d, flatten],
  ...[i, integrateAndFire, leakyIntegrator, leakyIntegrateAndFire],
  ...[cubaLeakyIntegrator, cubaLeakyIntegrateAndFire, delay, threshold],
];

/** Types of nodes by name; graphs within graphs are no type of their own here. */
export const nodeKinds: Readonly<Record<string, NodeKind>> = Object.fromEntries(
  all.map((kind) => [kind.type, kind]),
);

/** The kind of a node; undefined of a type that NIR has not. */
export const nodeKind = (type: string): NodeKind | undefined =>
  Object.hasOwn(nodeKinds, type) ? nodeKinds[type] : undefined;
