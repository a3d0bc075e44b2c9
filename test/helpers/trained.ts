// What networks of the gallery are, and what they do.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import test from 'ava';
import { loadDataset } from '../../src/data/sets/load.js';
import { openEngine } from '../../src/engines/open.js';
import { evaluateExamples } from '../../src/measures/accuracy.js';
import { weightsDigest } from '../../src/records/safetensors.js';
import { loadTrained, type TrainedName } from '../../src/records/trained.js';
import { testWhere } from './needs.js';

/** Of each network: the digest of its weights, and how many of the first 100 test examples it gets right. */
const PINNED: Record<TrainedName, [digest: string, correct: number]> = {
  'convnet-cifar10': ['1cb47907ee147078a29d94563b0ab9b0b4da40e1e071fd67b037c3523ce91cd4', 79],
  'convnet-shapes10': ['c9d552aa678e3afaa44e56956e850e673244d75434bc9e06efe16df4124d6804', 93],
  'convnet-shapes10-plain': ['3572aed072b2d2d7d94eccf7d5f4a88f5ac44a15fb77ee6ae7d3e0b0b2c78440', 92],
  'resnet19-cifar10': ['94168b9767ad7e89436454a9b98182e7e4ba91edb5be76405a221d295cf0a083', 85],
  'vggsnn-shapes10-dvs': ['5d2f25face4997e51c803983485e35d8db18fae1aa1342dd5fc6743ea5d8650d', 93],
};

/** Its files are the pinned ones. */
export function testFiles(name: TrainedName): void {
  test(`${name}: record and weights are the pinned ones, the weights those that the record names`, (t) => {
    const { record, weights } = loadTrained(name);
    t.is(weightsDigest(weights), PINNED[name][0]);
    t.is(record.weightsDigest, PINNED[name][0]);
    t.is(record.outcome.status, 'done');
  });
}

/** It classifies as when it was trained. */
export function testClassifies(name: TrainedName): void {
  const { record, network, weights } = loadTrained(name);
  const isHere =
    record.data.name !== 'cifar10' || existsSync(join(process.env.SGS_DATA ?? '', 'cifar-10-batches-bin'));
  testWhere(isHere, `${record.data.name} is not here`)(
    `${name}: of the first 100 test examples as many are right as when it was trained`,
    async (t) => {
      const engine = await openEngine({ engine: 'event', build: 'plain', threads: 1 });
      t.teardown(() => engine.dispose());
      const { data, steps } = record.experiment;
      const dataset = await loadDataset(data, { steps });
      const model = engine.createModel(network, record.experiment, weights);
      const first = Int32Array.from({ length: 100 }, (_, i) => i);
      const { accuracy } = await evaluateExamples(model, dataset, 'test', first);
      t.is(Math.round(accuracy * 100), PINNED[name][1]);
    },
  );
}
