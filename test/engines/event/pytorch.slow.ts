// The gradient cases that pytorch.test.ts leaves out.
import { ALL_CASES, testGradients } from '../../helpers/pytorch.js';

testGradients('plain', 4, ALL_CASES);
testGradients('fma', 2, ALL_CASES);
