// In which order the report's summary lists what the paper claims: as the paper argues, not as files are named.

/** Stems of summaries: the mechanism, its two effects on accuracy and generalisation, noise, cost, accuracy, counts. */
const ORDER: readonly string[] = [
  'neuron-and-surrogates',
  'sgs-ablation',
  'lipschitz-sweep',
  'noise-robustness',
  'latency',
  'energy',
  'comparison',
  'events',
  'architecture',
];

/** Stems of summaries in the order of the report; those that are not the project's own follow, by name. */
export function claimOrder(stems: Iterable<string>): string[] {
  const place = (stem: string): number => (ORDER.includes(stem) ? ORDER.indexOf(stem) : ORDER.length);
  return [...stems].sort((a, b) => place(a) - place(b) || (a < b ? -1 : 1));
}
