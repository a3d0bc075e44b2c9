// Settings of a run in the fragment of the page's address, with what Node found for it: a link that runs a record in a page. Browsers send
// a fragment to no server.
import { SettingsError } from '../errors.js';

/** What a link says. */
export interface Linked {
  /** Settings of an experiment, as they were written: training checks them. */
  settings: unknown;
  /** The digest of the weights that Node found, by the id of the run. */
  digests: Record<string, string>;
}

const ID = /^run-[0-9a-f]{16}$/;
const DIGEST = /^[0-9a-f]{64}$/;

/** The longest that is read: experiments in records are no longer. */
const LONGEST = 65_536;

/** The fragment, without its `#`, for settings and, where there is one, the run that Node made with them. */
export function fragmentOf(settings: object, run?: { id: string; digest: string }): string {
  return new URLSearchParams({ settings: JSON.stringify(settings), ...run }).toString();
}

/**
 * What a fragment says; undefined where it says nothing of settings.
 *
 * @param fragment - with or without its `#`
 * @throws SettingsError when it is longer than an experiment, or its settings are not JSON
 */
export function readFragment(fragment: string): Linked | undefined {
  if (fragment.length > LONGEST)
    throw new SettingsError(
      `the link: ${fragment.length} characters, expected at most ${LONGEST}; open the page without it`,
    );
  const fields = new URLSearchParams(fragment.replace(/^#/, ''));
  const text = fields.get('settings');
  if (text === null) return undefined;
  const id = fields.get('id') ?? '';
  const digest = fields.get('digest') ?? '';
  const digests = ID.test(id) && DIGEST.test(digest) ? { [id]: digest } : {};
  try {
    return { settings: JSON.parse(text) as unknown, digests };
  } catch (error) {
    throw new SettingsError(
      `the link: its settings are not JSON (${(error as Error).message}); copy it whole, or open the page without it`,
      { cause: error },
    );
  }
}
