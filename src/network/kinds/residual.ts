// Tests: test/network/layers.test.ts.
import { list } from '../fields.js';
import type { ResidualKind } from '../layer.js';

/** `body(x) + shortcut(x)`, added on currents, before the neuron that follows; an empty shortcut is the identity. */
export interface ResidualOf<Inner> {
  type: 'residual';
  name: string;
  body: Inner[];
  shortcut: Inner[];
}

/** Of layers of any kind, which layers.ts knows. */
export const residualKind = <Inner>(): ResidualKind<ResidualOf<Inner>, Inner> => ({
  type: 'residual',
  role: 'residual',
  fields: { body: list, shortcut: list },
  branches: ({ body, shortcut }) => [body, shortcut],
  withBranches: (layer, change) => ({
    ...layer,
    body: change(layer.body),
    shortcut: change(layer.shortcut),
  }),
  words: ({ shortcut }) => (shortcut.length === 0 ? 'body + input' : 'body + shortcut'),
  row: 'own',
});
