// `whole`: the trainings of `desk` on all 50,000 training images of CIFAR-10, a tenth held out. Days on two cores, resumable; what is
// expected of them was written down before: data/whole-cifar10.md. Tests: test/studies/trials.test.ts.
import type { Preset } from './plan.js';

/** The preset: a training on fewer images than CIFAR-10 has is another one, so their number is a setting. */
export const whole = {
  data: { name: 'cifar10', trainLimit: 50_000, validation: 0.1, augment: 'standard' },
  like: 'desk',
} satisfies Preset;
