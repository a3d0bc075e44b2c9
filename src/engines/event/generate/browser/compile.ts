// Steps of neurons in a page, where nothing compiles them. Tests: test/engines/event/generate/compile.test.ts.
import { UnsupportedError } from '../../../../errors.js';
import type * as node from '../compile.js';

export const compileStep: typeof node.compileStep = () => {
  throw new UnsupportedError(
    'engine event: neurons and surrogates as equations are compiled by Node; in a page take LIF with a surrogate by its name',
  );
};
