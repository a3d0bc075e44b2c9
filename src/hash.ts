// Identity by content: canonical JSON (RFC 8785) and SHA-256, and the ids that are made of them.
import imported from 'canonicalize';
import { SettingsError } from './errors.js';
import { hex, newSha256 } from './host/sha256.js';

// The package is CommonJS and its types describe an ES default export.
const canonicalize = imported as unknown as (value: unknown) => string | undefined;

/** Canonical JSON of a value (RFC 8785): equal values give equal text. Throws SettingsError when it has none. */
export function canonicalJson(value: unknown): string {
  const text = canonicalize(value);
  if (text === undefined)
    throw new SettingsError('canonicalJson: undefined has no JSON text; give an object');
  return text;
}

/** SHA-256 of text or bytes, 64 hex digits. */
export const sha256 = (content: string | Uint8Array): string => hex(newSha256().update(content).digest());

/** The first 16 hex digits of {@link sha256}, as a text of its own: a slice would keep all 64 in memory. */
export const shortHash = (content: string | Uint8Array): string =>
  hex(newSha256().update(content).digest().subarray(0, 8));

/** The id of something described by JSON: `run-` or `eval-` and the first 16 hex digits of its hash. */
export const contentId = (kind: 'run' | 'eval', description: unknown): string =>
  [kind, shortHash(canonicalJson(description))].join('-'); // joined, a text is one piece in memory

/** Form of an id. Ids become file names, so nothing else is let through. */
export const ID_PATTERN = /^(run|eval)-[0-9a-f]{16}$/;

/** Throws SettingsError when a text is not an id; returns it otherwise. */
export function checkId(id: string): string {
  if (!ID_PATTERN.test(id))
    throw new SettingsError(
      `not a record id: ${JSON.stringify(id)}; expected run- or eval- and 16 hex digits, as \`sgs runs list\` prints them`,
    );
  return id;
}
