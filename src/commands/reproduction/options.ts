// Options of `sgs reproduce`, and the folders that follow from them.
import { join, resolve } from 'node:path';
import type { DatasetName } from '../../data/sets/index.js';
import { figuresRoot, runsRoot } from '../../paths.js';
import type { PresetName } from '../../sweep/presets/presets.js';
import type { SweepCommandOptions } from '../sweep-options.js';

/** Options of a reproduction. */
export interface ReproduceOptions extends Partial<SweepCommandOptions> {
  preset: PresetName;
  data?: DatasetName;
  /** Stems of notebooks: train for these, unless it was done before, and execute these only; default all. */
  only?: string[];
  /** False: train nothing, show what the records that are there give. */
  train?: boolean;
  /** Reuse the records of an earlier quick run. */
  keep?: boolean;
}

/** Where records and outputs go. */
export interface Places {
  /** Absolute, as notebooks run in a folder of their own. */
  runs: string;
  figures: string;
  /** Whether the records are made afresh, which empties their folder. */
  afresh: boolean;
}

/**
 * Where the records and outputs of a preset go. `quick` goes into ignored folders and is made afresh; a folder that
 * a user names is never emptied.
 */
export function placesOf({
  preset,
  runs,
  train = true,
  keep = false,
  slurm = false,
  only,
}: ReproduceOptions): Places {
  const quick = preset === 'quick';
  return {
    runs: resolve(runs ?? (quick ? join(runsRoot(), 'quick') : runsRoot())),
    figures: quick ? join(figuresRoot(), 'quick') : figuresRoot(),
    afresh: quick && train && !keep && !slurm && !only && runs === undefined,
  };
}
