// One entry of the log: what a measure found, wanted, and ran on.
import os from 'node:os';
import { z } from 'zod';
import type { Engine } from '../src/engines/engine.js';
import { provenance } from '../src/records/provenance.js';
import { packageRoot } from '../src/paths.js';
import type { AboutPyTorch } from './about.js';
import type { Findings } from './findings.js';
import { MEASURE_NAMES, MEASURES, type MeasureName } from './measures.js';
import { ratioOf } from './pairs.js';

const numbers = z.record(z.string(), z.number());
const values = z.array(z.number().positive()).min(1);
const distance = z.strictObject({
  ...{ loss: z.number(), rates: z.number(), logits: z.number(), gradients: z.number() },
});

/** What a line of bench/log.jsonl holds; bench/README.md explains each field. */
export const entrySchema = z.strictObject({
  version: z.literal(1),
  time: z.iso.datetime(),
  measure: z.enum(MEASURE_NAMES),
  title: z.string(),
  point: z.enum(['i', 'ii']).nullable(),
  unit: z.enum(['s', 'B']),
  times: z.array(z.strictObject({ peer: z.string(), ours: values, theirs: values })).min(1),
  ratios: numbers,
  targets: z.record(z.string(), z.strictObject({ least: z.number(), aim: z.number().optional() })),
  rates: numbers,
  distances: z.record(z.string(), z.strictObject({ whole: distance, crops: distance.optional() })),
  missing: z.array(z.string()),
  notes: z.array(z.string()),
  pairs: z.int().positive(),
  threads: z.int().positive(),
  engine: z.string(),
  build: z.string(),
  machine: z.strictObject({ cpu: z.string(), cores: z.number(), memory: z.number(), platform: z.string() }),
  load: z.number(),
  node: z.string(),
  tfjs: z.string().nullable(),
  pytorch: z
    .strictObject({ version: z.string(), python: z.string(), capability: z.string(), oneDNN: z.boolean() })
    .nullable(),
  commit: z.string().nullable(),
  dirty: z.boolean().nullable(),
});
/** A line of bench/log.jsonl. */
export type Entry = z.infer<typeof entrySchema>;

/** What a run of the bench has in common over all measures. */
export type Circumstances = Pick<
  Entry,
  | 'pairs'
  | 'threads'
  | 'engine'
  | 'build'
  | 'machine'
  | 'load'
  | 'node'
  | 'tfjs'
  | 'pytorch'
  | 'commit'
  | 'dirty'
>;

/** On and with what this process measures, asked once before anything runs. */
export function circumstances(
  { numerics }: Engine,
  { pairs, threads }: { pairs: number; threads: number },
  pytorch: AboutPyTorch | null,
): Circumstances {
  const { machine, versions, commit, dirty } = provenance(packageRoot());
  return {
    ...{ pairs, threads, engine: numerics.engine, build: numerics.build },
    ...{ machine, load: os.loadavg()[0], node: versions.node, tfjs: versions.tfjs, pytorch, commit, dirty },
  };
}

/** The entry of a measure. Why a peer is missing is not kept: such texts name places of the machine. */
export function entryOf(name: MeasureName, findings: Findings, around: Circumstances, now: Date): Entry {
  const measure = MEASURES[name];
  const { unit, times, rates, distances, missing, notes } = findings;
  const ratios = Object.fromEntries(times.map(ratioOf).map(({ peer, ratio }) => [peer, ratio]));
  return {
    ...{ version: 1, time: now.toISOString(), measure: name, title: measure.title },
    ...{ point: 'point' in measure ? measure.point : null, unit, times, ratios },
    ...{ targets: { ...measure.targets }, rates, distances, missing: Object.keys(missing), notes, ...around },
  };
}
