// The nets without flips that whole-nets.test.ts leaves out.
import { desk, testWithoutFlips } from '../../helpers/whole-nets.js';

for (const seed of [1, 2]) testWithoutFlips(desk(seed));
