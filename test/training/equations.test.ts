// Neurons and surrogates that are equations, as a user trains them: named or written out, on the engines that have them, learned
// parameters and all. More neurons in equations.slow.ts.
import test from 'ava';
import { SettingsError } from '../../src/errors.js';
import { parseExperiment } from '../../src/experiment/experiment.js';
import type { NeuronInput } from '../../src/neurons/settings.js';
import type { RunRecord } from '../../src/records/record.js';
import { evaluateRun } from '../../src/training/evaluate-run.js';
import { train } from '../../src/training/train.js';
import {
  dataset,
  own,
  plain,
  settings,
  tfjs,
  tired,
  trained,
  trainsAlike,
} from '../helpers/equation-training.js';
import { withRuns } from '../helpers/runs.js';

trainsAlike('tired, a neuron of its own, with a surrogate of its own', own);

test.serial('a name and its equations written out are one training', (t) =>
  withRuns(async (runs) => {
    const byName = await trained(plain, { model: 'plif' }, runs, { epochs: 1 });
    const written = parseExperiment(JSON.parse(JSON.stringify(byName.experiment)));
    t.is((await train(written, { engine: plain, dataset, runs })).id, byName.id);
    const other = await trained(plain, { model: 'plif', parameters: { tau0: 3 } }, runs, { epochs: 1 });
    t.not(other.id, byName.id);
  }),
);

for (const engine of [plain, tfjs])
  test.serial(
    `${engine.numerics.engine}: a training that was stopped goes on and ends with the same bits, learned parameters among them`,
    (t) =>
      withRuns(async (runs) => {
        const whole = await trained(engine, own, runs);
        await withRuns(async (others) => {
          const stop = new AbortController();
          const stopped = await train(settings(own), {
            ...{ engine, dataset, runs: others, signal: stop.signal },
            onProgress: ({ done }) => done === 32 && stop.abort(),
          });
          t.is(stopped.outcome.status, 'interrupted');
          const resumed = await train(settings(own), {
            engine,
            dataset,
            runs: others,
            onNote: () => undefined,
          });
          t.is(resumed.weightsDigest, whole.weightsDigest);
        });
      }),
  );

test.serial('what neurons learn has no weight decay, on both engines', (t) =>
  withRuns(async (runs) => {
    const silent = { ...tired, step: tired.step.map((text) => text.replace('rise * o', 'rise * 0')) };
    const neuron: NeuronInput = { ...own, model: silent };
    for (const engine of [plain, tfjs]) {
      const record = await trained(engine, neuron, runs, {
        optimizer: { kind: 'sgd', learningRate: 0.1, weightDecay: 0.1 },
      });
      const { data } = runs.readWeights(record.id)['conv1.lif.rise'];
      t.deepEqual(
        [...data],
        [...data].map(() => 0.25),
      );
    }
  }),
);

test.serial(
  'evaluations: probe, energy and gradients of SGS; an analog output is counted as multiplications',
  (t) =>
    withRuns(async (runs) => {
      const record = await trained(tfjs, own, runs);
      const options = { engine: tfjs, dataset, runs };
      const probe = await evaluateRun(record.id, { kind: 'probe' }, options);
      t.is(probe.results.length > 0, true);
      const gradients = await evaluateRun(record.id, { kind: 'gradients', deltas: [0.5] }, options);
      t.true(gradients.results.some((row) => Number((row as { relative: number }).relative) > 0));
      const inputOf = async (run: RunRecord): Promise<unknown[]> =>
        (await evaluateRun(run.id, { kind: 'energy' }, options)).results.flatMap((row) =>
          (row as { row: string }).row === 'layer' ? [(row as { input: string }).input] : [],
        );
      t.deepEqual(await inputOf(record), ['image', 'averages', 'averages']);
      t.deepEqual(await inputOf(await trained(tfjs, { model: 'liaf' }, runs)), [
        ...['image', 'activations', 'activations'],
      ]);
    }),
);

test.serial('batch norm of kind tdbn scales by the parameter theta; without one it is refused', (t) =>
  withRuns(async (runs) => {
    const batchNorm = { kind: 'tdbn' } as const;
    const record = await trained(plain, { model: 'diet' }, runs, { batchNorm, epochs: 1 });
    t.is(record.outcome.status, 'done');
    const nameless = {
      ...tired,
      parameters: { rise: 0.1 },
      step: tired.step.map((s) => s.replaceAll('theta', '0.4')),
    };
    await t.throwsAsync(trained(plain, { model: nameless }, runs, { batchNorm }), {
      instanceOf: SettingsError,
      message: /tired has no parameter theta/,
    });
  }),
);
