// The pinned bits of the engine that golden.test.ts leaves out.
import { testGolden } from '../helpers/golden.js';

testGolden('cpu');
