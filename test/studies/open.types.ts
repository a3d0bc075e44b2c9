// What the compiler says of a study as people open it: its own settings, and those of no other study. Compiled by `npm run types`;
// nothing here is executed.
import { openStudy } from '../../src/studies/open.js';

void openStudy('noise-robustness');
void openStudy('noise-robustness', { preset: 'quick', data: 'cifar100' });
void openStudy('architecture', { width: 0.5 });
void openStudy('sweep-analysis', { preset: null, where: { epochs: 10 }, baseline: null, x: 'steps' });
void openStudy('events', { preset: 'quick', recording: 'disc/shapes10_disc_0.aedat' });
// @ts-expect-error: a setting of another study
void openStudy('noise-robustness', { width: 0.5 });
// @ts-expect-error: only an analysis of a sweep looks at runs of no preset
void openStudy('noise-robustness', { preset: null });
// @ts-expect-error: there is no such study
void openStudy('noise');
void openStudy('architecture').then(({ cost }) => cost.figure);
// @ts-expect-error: a part of another study
void openStudy('architecture').then(({ gains }) => gains);
