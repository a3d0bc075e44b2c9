// A whole net over five updates, on which no spike flips at the threshold: the engines agree with engine plain to rounding (more
// nets, twenty updates, and trainings in which spikes flip: whole-nets.slow.ts).
import { desk, testWithoutFlips } from '../../helpers/whole-nets.js';

testWithoutFlips(desk(0), 5);
