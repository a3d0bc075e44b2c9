// `sgs train --again`: a run that is done, trained once more because its weights are gone.
// Tests: test/commands/train.test.ts.
import { SettingsError } from '../errors.js';
import type { Numerics } from '../engines/engine.js';
import type { PreparedRun } from '../training/prepare.js';
import type { RunRecord } from '../records/record.js';
import type { CommonOptions } from './options.js';

/** The engine that made a record, where the command line names none. */
export function engineOfRecord<Options extends CommonOptions>(
  options: Options,
  { engine, backend }: Numerics,
): Options {
  if ((options.engine ?? 'auto') !== 'auto' || (options.backend ?? 'auto') !== 'auto') return options;
  return { ...options, engine, ...(engine === 'tfjs' && { backend }) };
}

/**
 * Checks that what would be trained here is the run of the record.
 *
 * @throws SettingsError saying what differs and what to do
 */
export function checkSameRun(
  record: RunRecord,
  { id }: Pick<PreparedRun, 'id'>,
  numerics: Numerics,
  data: string,
): void {
  if (id === record.id) return;
  const { fingerprint } = record.data;
  throw new SettingsError(
    fingerprint === data
      ? `${record.id} was trained by ${textOf(record.numerics)}; here computes ${textOf(numerics)}, which gives other bits: choose --engine, --backend or the build (SGS_BUILD)`
      : `${record.id} was trained on ${record.data.name} with fingerprint ${fingerprint.slice(0, 12)}…, the data here has ${data.slice(0, 12)}…: name the folder that has the same with --data-dir`,
  );
}

const textOf = ({ engine, backend, build, version }: Numerics): string =>
  `engine ${engine} version ${version} (${backend}, build ${build})`;
