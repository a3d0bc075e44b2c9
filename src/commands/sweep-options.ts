// The options of `sgs sweep` as values, and which of them go together.
import { SettingsError } from '../errors.js';
import type { SlurmOptions } from '../sweep/slurm/sbatch.js';
import type { CommonOptions } from './options.js';

/** What was given to `sgs sweep`. */
export interface SweepCommandOptions extends CommonOptions, Omit<SlurmOptions, 'more'> {
  jobs?: number;
  dryRun: boolean;
  status: boolean;
  retryFailed: boolean;
  checkpointSeconds: number;
  leaseSeconds: number;
  slurm: boolean;
  sbatch?: string[];
}

type Name = keyof SweepCommandOptions;

/** What is asked of a cluster only. */
const CLUSTER: Name[] = [
  'partition',
  'time',
  'gpus',
  'cpus',
  'memory',
  'account',
  'atMost',
  'arraySize',
  'sbatch',
];
/** What is asked of this machine only, and what says it to a cluster. */
const HERE: [Name, string][] = [
  ['jobs', '--at-most'],
  ['threads', '--cpus'],
];

const flag = (name: Name): string => `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;

/** Refuses options that would change nothing where the sweep is to run. @throws SettingsError naming them */
export function checkPlace(options: SweepCommandOptions): void {
  const given = (name: Name): boolean => options[name] !== undefined;
  if (!options.slurm) {
    const strange = CLUSTER.filter(given).map(flag);
    if (strange.length === 0) return;
    const verb = strange.length === 1 ? 'belongs' : 'belong';
    throw new SettingsError(
      `sweep: ${strange.join(', ')} ${verb} to --slurm; give that too, or leave it out`,
    );
  }
  const [strange] = HERE.filter(([name]) => given(name));
  if (strange)
    throw new SettingsError(
      `sweep: ${flag(strange[0])} is for a sweep on this machine; with --slurm give ${strange[1]} instead`,
    );
}
