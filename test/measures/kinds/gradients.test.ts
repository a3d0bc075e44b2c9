// The form of the rows; what they hold of a trained network: test/training/evaluate-run.test.ts.
import { testForm } from '../../helpers/measured.js';
import { SAMPLE_RESULTS } from '../../helpers/records.js';

testForm('gradients', SAMPLE_RESULTS.gradients, 100);
