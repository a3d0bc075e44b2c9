// Statistics over seeds: `import { pairedDifference } from 'sgs-snn/statistics'`.
export { bootstrapInterval, pairedBootstrap, type BootstrapSettings } from './bootstrap.js';
export { compare, type ComparedGroup, type CompareSettings, type Comparison } from './compare.js';
export { cohenDz, hedgesG } from './effect.js';
export { hasInterval } from './few.js';
export { holm } from './holm.js';
export {
  interval,
  mean,
  pairedDifference,
  sd,
  smallestEffect,
  unpairedDifference,
  type Interval,
} from './interval.js';
export { pText } from './p-text.js';
export { comparisonRows, printedComparison } from './print.js';
export { epochRows, resultRows, runRows, spikeRows } from './rows.js';
export {
  gapOf,
  groupSeeds,
  pairedBySeed,
  spreadOf,
  testAccuracyOf,
  type SeedGroup,
  type Spread,
} from './seeds.js';
export { selectRuns, settingAt, sweptSettings } from './settings.js';
export { pairedTTest, signFlipTest, tTestOf } from './significance.js';
export { compareRuns, summariseRuns } from './summary.js';
export { withTests } from './tested.js';
export { sameSetting, verdict } from './verdict.js';
export { effectInBrief, effectSentence } from './wording.js';
