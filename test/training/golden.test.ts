// Trainings end with the pinned bits. TensorFlow.js on the CPU, the slowest, is held in golden.slow.ts.
import { testGolden } from '../helpers/golden.js';

testGolden('event plain');
testGolden('event fma');
testGolden('wasm');
