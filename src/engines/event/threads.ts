// Number of threads of a pool.
import { SettingsError } from '../../errors.js';
import { cores, variable } from '../../host/process.js';

const MOST = 256;

/**
 * The number of threads: the option, else the environment variable `SGS_THREADS`, else one for each core that the
 * process may use.
 *
 * @throws SettingsError naming the value when it is not a whole number from 1 to 256
 */
export function threadCount(option?: number): number {
  if (option !== undefined) return checked('threads', option, option);
  const asked = variable('SGS_THREADS');
  if (asked) return checked('SGS_THREADS', asked, /^\d+$/.test(asked) ? Number(asked) : NaN);
  return Math.min(cores(), MOST);
}

function checked(name: string, given: number | string, value: number): number {
  if (Number.isInteger(value) && value >= 1 && value <= MOST) return value;
  throw new SettingsError(
    `${name} is ${JSON.stringify(given)}: expected a whole number from 1 to ${MOST}; without it there is one thread for each core`,
  );
}
