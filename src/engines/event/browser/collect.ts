// Garbage of a page: scripts cannot collect it, and browsers count shared memory themselves. Tests:
// test/engines/event/browser/training.slow.ts.
import type * as node from '../collect.js';

export const collectGarbage: typeof node.collectGarbage = () => undefined;
