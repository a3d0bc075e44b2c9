// A page is no notebook: nothing has a cell to show something in. Tests: test/cell/output.test.ts.
import { print } from '../../print.js';
import type * as node from '../output.js';

export const displayChannel: typeof node.displayChannel = () => undefined;

export const show: typeof node.show = (data) => print(data['text/plain']);
