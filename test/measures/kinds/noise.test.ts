import test from 'ava';
import { makeBatch } from '../../../src/data/batches.js';
import { dataset, evaluated, part, testForm } from '../../helpers/measured.js';
import { SAMPLE_RESULTS } from '../../helpers/records.js';

for (const perStep of [undefined, true])
  test(`noise: a row a level, clean at level 0, the noise of the settings on the rest, per step ${perStep === true}`, async (t) => {
    const settings = { definition: 'gaussian-pixel-sigma', seed: 7, ...(perStep && { perStep }) };
    const { rows, asked, progress } = await evaluated(
      { kind: 'noise', levels: [0, 0.2], ...settings },
      { predict: (label, _b, { shape }) => (shape.length === 5 ? 0 : label), loss: (index) => index },
    );
    t.deepEqual(rows, [
      { level: 0, accuracy: 1, loss: 20 / 120, examples: 120 },
      { level: 0.2, accuracy: perStep ? 40 / 120 : 1, loss: (200 + 60) / 120, examples: 120 },
    ]);
    const first = part.subarray(0, 100);
    t.deepEqual(asked.evaluations[0].batch, makeBatch(dataset, 'test', first, { steps: 2 }));
    const noise = { ...settings, level: 0.2 };
    t.deepEqual(asked.evaluations[2].batch, makeBatch(dataset, 'test', first, { steps: 2, noise }));
    t.deepEqual(
      progress.map(({ done, total }) => [done, total]),
      [
        [100, 240],
        [120, 240],
        [220, 240],
        [240, 240],
      ],
    );
  });

testForm('noise', SAMPLE_RESULTS.noise);
