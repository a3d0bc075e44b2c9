// Finds what is wrong with a value as a record: kinds, ranges, and agreement of what follows from other fields.
import { z } from 'zod';
import { parseExperiment } from '../experiment/experiment.js';
import { canonicalJson, checkId } from '../hash.js';
import { EVALUATION_KINDS, measures } from '../measures/index.js';
import {
  type EpochRow,
  evaluationId,
  type EvaluationRecord,
  outcomeOf,
  RECORD_VERSION,
  runId,
  type RunRecord,
  STATUSES,
} from './record.js';

/** Far more than an experiment needs; a longer one is not looked into. */
const LONGEST_EXPERIMENT = 16_384;
/** Deepest nesting of a record: settings and results have eight levels of their own. */
const DEEPEST = 10;

const share = z.number().min(0).max(1);
const amount = z.number().min(0);
const count = z.int().min(0);
const loss = z.number().nullable();
const hash = z.string().regex(/^[0-9a-f]{64}$/, 'expected 64 hex digits');
/** Looked into piece by piece, so that a wrong record gives one error and not one for each of its values. */
const list = z.array(z.unknown());

/** Schema of a run's numerics; more of them may come, each a plain value. */
const numerics = z
  .object({
    engine: z.string(),
    backend: z.string(),
    build: z.string(),
    version: count,
    deterministic: z.boolean(),
  })
  .catchall(z.union([z.string(), z.number(), z.boolean()]));

const provenance = {
  machine: z.strictObject({
    ...{ cpu: z.string(), cores: count, memory: amount, platform: z.string() },
    threads: count.optional(),
  }),
  versions: z.strictObject({ node: z.string(), package: z.string(), tfjs: z.string().nullable() }),
  commit: z
    .string()
    .regex(/^([0-9a-f]{40}|[0-9a-f]{64})$/, 'expected a commit hash')
    .nullable(),
  dirty: z.boolean().nullable(),
};

/** Numbers of the gradient through the spikes. */
export const tuning = z.strictObject({
  parameter: amount.optional(),
  delta: z.union([amount, z.record(z.string(), amount)]).optional(),
});

const row = z.strictObject({
  epoch: count,
  learningRate: amount,
  trainLoss: loss,
  trainAccuracy: share,
  lipschitz: loss,
  terms: z.array(loss).optional(),
  validationLoss: loss.optional(),
  validationAccuracy: share.optional(),
  testLoss: loss,
  testAccuracy: share,
  seconds: amount,
  imagesPerSecond: amount,
  silent: z.array(z.string()).optional(),
  saturated: z.array(z.string()).optional(),
  gradient: tuning.optional(),
});

const run = z.strictObject({
  schema: z.literal(RECORD_VERSION),
  kind: z.literal('run'),
  id: z.string(),
  experiment: z.looseObject({}),
  numerics,
  data: z.strictObject({
    name: z.string(),
    description: z.string(),
    fingerprint: hash,
    arrays: z
      .strictObject({
        kind: z.enum(['images', 'frames']),
        shape: z.tuple([count, count, count]),
        classes: z.array(z.string()),
        normalisation: z.strictObject({ mean: z.array(z.number()), std: z.array(z.number()) }),
      })
      .optional(),
    split: z.strictObject({ name: z.string(), hash, train: count, validation: count, test: count }),
  }),
  parameters: count,
  macs: count,
  rows: list,
  outcome: z.strictObject({
    status: z.enum(STATUSES),
    epoch: count,
    step: count.optional(),
    reason: z.string().optional(),
    testAccuracy: share.optional(),
    bestTestAccuracy: share.optional(),
    bestTestEpoch: count.optional(),
    validationAccuracy: share.optional(),
    bestValidationAccuracy: share.optional(),
    bestValidationEpoch: count.optional(),
    testAccuracyAtBestValidation: share.optional(),
  }),
  spikeRates: list,
  weightsDigest: hash.nullable(),
  seconds: amount,
  resumed: count,
  warnings: z.array(z.string()).optional(),
  ...provenance,
});

const spikeRate = z.strictObject({ layer: z.string(), rates: list });

const evaluation = z.strictObject({
  schema: z.literal(RECORD_VERSION),
  kind: z.literal('evaluation'),
  id: z.string(),
  of: z.string(),
  weightsDigest: hash,
  evaluation: z.looseObject({ kind: z.enum(EVALUATION_KINDS) }),
  dataFingerprint: hash,
  numerics,
  results: list,
  seconds: amount,
  ...provenance,
});

/**
 * The fault of rows of epochs, or undefined: each is checked, and they must be numbered 1, 2, 3 …
 */
export function rowsProblem(rows: readonly unknown[]): string | undefined {
  for (const [i, given] of rows.entries()) {
    const problem = firstIssue(row, given, `rows[${i}]`);
    if (problem) return problem;
    const { epoch } = given as EpochRow;
    if (epoch !== i + 1) return `rows[${i}].epoch: expected ${i + 1}, got ${epoch}`;
  }
  return undefined;
}

/** The fault of numerics, or undefined. */
export const numericsProblem = (value: unknown): string | undefined =>
  firstIssue(numerics, value, 'numerics');

/** The fault of a value as a record, in one line, or undefined. */
export function recordProblem(value: unknown): string | undefined {
  if (!isObject(value)) return 'expected a JSON object';
  if (!isJson(value, DEEPEST))
    return `expected plain JSON: finite numbers, no field named __proto__, at most ${DEEPEST} levels`;
  const { schema, kind } = value;
  if (schema !== RECORD_VERSION)
    return `schema: expected ${RECORD_VERSION}, got ${shown(schema)} (another version of sgs-snn wrote it?)`;
  if (kind === 'run') return firstIssue(run, value) ?? runProblem(value as unknown as RunRecord);
  if (kind === 'evaluation')
    return firstIssue(evaluation, value) ?? evaluationProblem(value as unknown as EvaluationRecord);
  return `kind: expected "run" or "evaluation", got ${shown(kind)}`;
}

function runProblem(record: RunRecord): string | undefined {
  if (JSON.stringify(record.experiment).length > LONGEST_EXPERIMENT)
    return `experiment: longer than ${LONGEST_EXPERIMENT} characters`;
  try {
    parseExperiment(record.experiment);
  } catch (error) {
    return (error as Error).message.replace(/\s+/g, ' ').slice(0, 300);
  }
  for (const [i, given] of record.spikeRates.entries()) {
    const problem = firstIssue(spikeRate, given, `spikeRates[${i}]`);
    if (problem) return problem;
    const wrong = given.rates.find((rate) => typeof rate !== 'number' || !(rate >= 0 && rate <= 1));
    if (wrong !== undefined) return `spikeRates[${i}].rates: expected numbers in [0, 1], got ${shown(wrong)}`;
  }
  const { rows, outcome } = record;
  return (
    rowsProblem(rows) ??
    differs('outcome', outcome, outcomeOf(outcome.status, rows, outcome)) ??
    differs('id', record.id, runId(record.experiment, record.data.fingerprint, record.numerics))
  );
}

function evaluationProblem(record: EvaluationRecord): string | undefined {
  try {
    checkId(record.of);
  } catch (error) {
    return `of: ${(error as Error).message}`;
  }
  const form = measures[record.evaluation.kind].rows;
  for (const [i, given] of record.results.entries()) {
    if (!isObject(given)) return `results[${i}]: expected an object, got ${shown(given)}`;
    const problem = firstIssue(form, given, `results[${i}]`);
    if (problem) return problem;
  }
  return differs('id', record.id, evaluationId(record));
}

/** Whether a field is what follows from the others. */
const differs = (field: string, given: unknown, expected: unknown): string | undefined =>
  canonicalJson(given) === canonicalJson(expected)
    ? undefined
    : `${field}: expected ${canonicalJson(expected)} from the other fields, got ${shown(given)}`;

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Whether a value is what JSON can hold, without names that change an object's prototype when it is copied. */
function isJson(value: unknown, levels: number): boolean {
  if (typeof value === 'number') return Number.isFinite(value);
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return true;
  if (levels === 0) return false;
  if (Array.isArray(value)) return value.every((entry) => isJson(entry, levels - 1));
  if (!isObject(value)) return false;
  return Object.keys(value).every(
    (key) => key !== '__proto__' && (value[key] === undefined || isJson(value[key], levels - 1)),
  );
}

/** What a schema says of a value; structural, so that no declaration of this package names the schema library. */
interface Schema {
  safeParse(value: unknown): { error?: { issues: { path: PropertyKey[]; message: string }[] } };
}

/**
 * The first thing that a schema finds wrong with a value, in one line, or undefined.
 *
 * @param at - the name of the value, put before the path of what is wrong in it
 */
export function firstIssue(schema: Schema, value: unknown, at = ''): string | undefined {
  const issue = schema.safeParse(value).error?.issues[0];
  if (issue === undefined) return undefined;
  const path = [at, ...issue.path.map(String)].filter(Boolean).join('.');
  return `${path || 'record'}: ${issue.message.slice(0, 300)}`;
}

/** A value in an error: short, whatever it is. */
const shown = (value: unknown): string => (JSON.stringify(value) ?? 'nothing').slice(0, 300);
