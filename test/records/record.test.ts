import test from 'ava';
import { experiment } from '../../src/experiment/experiment.js';
import { sha256 } from '../../src/hash.js';
import { evaluationId, finiteOrNull, isFinal, outcomeOf, resultOf, runId } from '../../src/records/record.js';
import { numerics, sampleEvaluation, sampleRows, sampleRun } from '../helpers/records.js';

test('runId: changes with every setting but the name, with the data and with the numerics', (t) => {
  const base = experiment({ name: 'a' });
  const id = runId(base, sha256('data'), numerics);
  t.regex(id, /^run-[0-9a-f]{16}$/);
  t.is(runId(experiment({ name: 'b' }), sha256('data'), numerics), id);
  const others = [
    runId(experiment({ seed: 1 }), sha256('data'), numerics),
    runId(experiment({ neuron: { delta: 0 } }), sha256('data'), numerics),
    runId(experiment({ lipschitz: { beta: 0 } }), sha256('data'), numerics),
    runId(experiment({ data: { name: 'shapes10', validation: 0.1 } }), sha256('data'), numerics),
    runId(base, sha256('other data'), numerics),
    runId(base, sha256('data'), { ...numerics, backend: 'cpu' }),
    runId(base, sha256('data'), { ...numerics, version: 2 }),
    runId(base, sha256('data'), { ...numerics, build: 'fma' }),
  ];
  t.is(new Set([id, ...others]).size, others.length + 1);
});

test('runId: this experiment, data and numerics keep this id, so that records stay found', (t) => {
  const { name: _name, ...settings } = experiment();
  t.is(
    runId({ name: 'x', ...settings }, 'f'.repeat(64), numerics),
    `run-${sha256(
      '{"experiment":{"batchNorm":{"alpha":1,"epsilon":0.00001,"kind":"standard","momentum":0.1},"batchSize":100,' +
        '"data":{"augment":"standard","name":"shapes10","validation":0},"epochs":150,' +
        '"lipschitz":{"beta":0.0001,"layers":"all"},"loss":{"kind":"mean","lambda":0.001,"target":1},' +
        '"network":{"architecture":"convNet"},"neuron":{"delta":0.0001,"detachReset":false,"reset":"hard",' +
        '"scaleFloor":null,"surrogate":{"name":"rectangle"},"tau":0.5,"theta":0.5},' +
        '"optimizer":{"beta1":0.9,"beta2":0.999,"epsilon":1e-8,"kind":"adam","learningRate":0.001,"weightDecay":0},' +
        '"schedule":{"kind":"cosine"},"seed":2022,"steps":2},' +
        `"fingerprint":"${'f'.repeat(64)}",` +
        '"numerics":{"backend":"wasm","build":"plain","deterministic":true,"engine":"tfjs","version":1}}',
    ).slice(0, 16)}`,
  );
});

test('evaluationId: a hash of run, weights, settings and data only', (t) => {
  const record = sampleEvaluation();
  t.regex(record.id, /^eval-[0-9a-f]{16}$/);
  t.is(evaluationId({ ...record, seconds: 99, results: [] } as typeof record), record.id);
  const others = [
    evaluationId({ ...record, of: 'run-0000000000000000' }),
    evaluationId({ ...record, weightsDigest: sha256('w') }),
    evaluationId({ ...record, evaluation: { ...record.evaluation, seed: 2 } }),
    evaluationId({ ...record, evaluation: { ...record.evaluation, kind: 'test' } }),
    evaluationId({ ...record, dataFingerprint: sha256('d') }),
  ];
  t.is(new Set([record.id, ...others]).size, 6);
});

test('outcomeOf: the headline is the last epoch; the best is the first of equals', (t) => {
  const rows = sampleRows(5).map((row, i) => ({
    ...row,
    testAccuracy: [0.1, 0.6, 0.4, 0.6, 0.5][i],
    validationAccuracy: [0.1, 0.2, 0.7, 0.3, 0.7][i],
  }));
  t.deepEqual(outcomeOf('done', rows), {
    status: 'done',
    epoch: 5,
    testAccuracy: 0.5,
    bestTestAccuracy: 0.6,
    bestTestEpoch: 2,
    validationAccuracy: 0.7,
    bestValidationAccuracy: 0.7,
    bestValidationEpoch: 3,
    testAccuracyAtBestValidation: 0.4,
  });
});

test('outcomeOf: without validation or rows it claims nothing of them', (t) => {
  t.deepEqual(outcomeOf('interrupted', sampleRows(1, false), { step: 3, reason: 'asked to' }), {
    status: 'interrupted',
    epoch: 1,
    step: 3,
    reason: 'asked to',
    testAccuracy: 0.5,
    bestTestAccuracy: 0.5,
    bestTestEpoch: 1,
  });
  t.deepEqual(outcomeOf('failed', [], { step: undefined }), { status: 'failed', epoch: 0 });
});

test('isFinal: done and diverged runs and every evaluation', (t) => {
  t.true(isFinal(sampleRun()));
  t.true(isFinal(sampleRun({ status: 'diverged' })));
  t.false(isFinal(sampleRun({ status: 'interrupted' })));
  t.false(isFinal(sampleRun({ status: 'failed' })));
  t.true(isFinal(sampleEvaluation()));
});

test('resultOf: equal for the same result found elsewhere, later and after a resume', (t) => {
  const run = sampleRun();
  const elsewhere = {
    ...run,
    machine: { ...run.machine, cores: 64 },
    commit: null,
    dirty: null,
    seconds: 1,
    resumed: 3,
    experiment: { ...run.experiment, name: 'another' },
    data: { ...run.data, description: 'elsewhere' },
    rows: run.rows.map((row) => ({ ...row, seconds: 1, imagesPerSecond: 2 })),
  };
  t.deepEqual(resultOf(elsewhere), resultOf(run));
  t.notDeepEqual(resultOf({ ...run, weightsDigest: sha256('w') }), resultOf(run));
  t.notDeepEqual(resultOf({ ...run, rows: run.rows.slice(1) }), resultOf(run));
});

test('finiteOrNull: NaN and infinities become null', (t) => {
  t.deepEqual([0.5, -0, NaN, Infinity, -Infinity].map(finiteOrNull), [0.5, -0, null, null, null]);
});
