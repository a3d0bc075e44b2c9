// The identity of a data set, as records hold it.
import { canonicalJson } from '../hash.js';
import { hex, newSha256 } from '../host/sha256.js';
import type { Dataset, Normalisation } from './dataset.js';
import { normalisationOf } from './images/normalise.js';

/** Everything that a fingerprint is made of, and the class names, of which only the number counts. */
export type DatasetParts = Omit<Dataset, 'fingerprint' | 'description'>;

/**
 * Computes the fingerprint of a data set: SHA-256 over a line of canonical JSON (name, kind, shape, frames, number
 * of classes and examples; the normalisation, where it is not the usual one of that name), then the bytes and the
 * labels of the training part, then those of the test part.
 *
 * It is taken of everything that was found; limits and splits are recorded beside it. Class names are left out:
 * they are labels for people, and a missing names file must not look like other data.
 *
 * @param usual - the normalisation of the data set that can be loaded under this name, see `definitionOf`
 * @returns 64 hex digits
 */
export function fingerprint(parts: DatasetParts, usual: Normalisation | undefined): string {
  const { name, kind, shape, frames, classes, train, test } = parts;
  const head = canonicalJson({
    name,
    kind,
    shape,
    frames: frames ?? null,
    classes: classes.length,
    train: train.count,
    test: test.count,
    ...unusualNormalisation(parts, usual),
  });
  const hash = newSha256().update(`${head}\n`);
  for (const { data, labels } of [train, test]) hash.update(data).update(labels);
  return hex(hash.digest());
}

/** The normalisation, where it is not the one that data of this name, kind and channels has by itself. */
function unusualNormalisation(
  parts: DatasetParts,
  usual: Normalisation | undefined,
): { normalisation?: Normalisation } {
  const { kind, shape } = parts;
  const normalisation = normalisationOf(parts);
  const expected = usual?.mean.length === shape[2] ? usual : normalisationOf({ kind, shape });
  return canonicalJson(expected) === canonicalJson(normalisation) ? {} : { normalisation };
}
