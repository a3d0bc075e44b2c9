// In which order the report's summary lists what the paper claims: as the paper argues, not as files are named.
import { STUDIES } from '../studies/index.js';

/** Stems of the studies with claims: those that are argued in the order of the studies, then those that are counted. */
const ORDER: readonly string[] = (['argued', 'counted'] as const).flatMap((kind) =>
  STUDIES.filter(({ claims }) => claims === kind).map(({ stem }) => stem),
);

/** Stems of summaries in the order of the report; those that are not the project's own follow, by name. */
export function claimOrder(stems: Iterable<string>): string[] {
  const place = (stem: string): number => (ORDER.includes(stem) ? ORDER.indexOf(stem) : ORDER.length);
  return [...stems].sort((a, b) => place(a) - place(b) || (a < b ? -1 : 1));
}
