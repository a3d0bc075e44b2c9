// The options of commands that train lists of trials, as values, and which of them go together.
import { SettingsError } from '../errors.js';
import type { SlurmOptions } from '../sweep/slurm/sbatch.js';
import type { CommonOptions } from './options.js';

/** What was given to `sgs sweep`, or to `sgs reproduce` as far as it trains. */
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

/** Options of a cluster only. */
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

/**
 * Refuses options that would change nothing where the trainings are to run.
 *
 * @param command - its name, for the message
 * @throws SettingsError naming them
 */
export function checkPlace(command: string, options: Partial<SweepCommandOptions>): void {
  const given = (name: Name): boolean => options[name] !== undefined;
  if (!options.slurm) {
    const strange = CLUSTER.filter(given).map(flag);
    if (strange.length === 0) return;
    const verb = strange.length === 1 ? 'belongs' : 'belong';
    throw new SettingsError(
      `${command}: ${strange.join(', ')} ${verb} to --slurm; give that too, or leave it out`,
    );
  }
  const [strange] = HERE.filter(([name]) => given(name));
  if (strange)
    throw new SettingsError(
      `${command}: ${flag(strange[0])} is for trainings on this machine; with --slurm give ${strange[1]} instead`,
    );
}
