// Weights of a run in the page against those of the same run in Node.

/** How two digests compare; `unknown`: Node's is not known. */
export type Verdict = 'equal' | 'different' | 'unknown';

/** A run that the page has trained. */
export interface Found {
  /** The id of the run: of settings, data and numerics. */
  id: string;
  /** SHA-256 (hex) of the weights. */
  digest: string;
}

/**
 * Compares by the run's id, so that only what has to have the same bits is compared.
 *
 * @param digests - of runs that Node made, by id
 */
export function compared({ id, digest }: Found, digests: Readonly<Record<string, string>>): Verdict {
  const expected = Object.hasOwn(digests, id) ? digests[id] : undefined;
  if (expected === undefined) return 'unknown';
  return expected === digest ? 'equal' : 'different';
}

/** The lines for a terminal that train the same in Node, and show the record with its digest. */
export function nodeCommand(settings: unknown, id: string): string {
  const json = JSON.stringify(settings).replaceAll("'", String.raw`'\''`);
  return `echo '${json}' > page.json\nnpx --no sgs train page.json\nnpx --no sgs runs show ${id} --json`;
}
