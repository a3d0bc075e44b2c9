// Those of the gallery whose data take long to make.
import { testClassifies } from '../helpers/trained.js';

testClassifies('vggsnn-shapes10-dvs');
