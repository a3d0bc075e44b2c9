// Records and weights in memory, for a page: what one training gives. Nothing outlives the page but what the visitor downloads.
import { DataError, UnsupportedError } from '../errors.js';
import type { TensorMap } from '../network/parameters.js';
import type { Runs } from '../records/folder.js';
import type { StoredRecord } from '../records/record.js';
import { weightsDigest } from '../records/safetensors.js';

/** An empty folder of records that is none: no checkpoint is kept in it, a training that stops begins anew. */
export function memoryRuns(): Runs {
  const records = new Map<string, StoredRecord>();
  const weights = new Map<string, TensorMap>();
  const nothing = (): undefined => undefined;
  return {
    folder: 'memory',
    checkWritable: nothing,
    list: () => ({ records: [...records.values()], corrupt: [] }),
    has: (id) => records.has(id),
    get: (id) => records.get(id) ?? missing(id, 'record'),
    put(record) {
      records.set(record.id, record);
      return true;
    },
    weightsPath: (id) => `memory/${id}`,
    checkpointPath: (id) => `memory/${id}`,
    hasWeights: (id) => weights.has(id),
    readWeights: (id) => weights.get(id) ?? missing(id, 'weights'),
    writeWeights(id, tensors) {
      weights.set(id, tensors);
      return weightsDigest(tensors);
    },
    hasCheckpoint: () => false,
    readCheckpoint(id) {
      throw new UnsupportedError(`${id}: a page keeps no checkpoints; train it again`);
    },
    writeCheckpoint: nothing,
    removeCheckpoint: nothing,
  };
}

function missing(id: string, what: string): never {
  throw new DataError(`memory/${id}`, `no ${what} of this run`, 'train it first');
}
