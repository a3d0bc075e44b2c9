// Exports a trained network as a NIR file, with the verdict of each program that reads NIR.
import type { Network } from '../../network/layers.js';
import type { TensorMap } from '../../network/parameters.js';
import type { NirGraph } from './graph.js';
import { type NirOptions, type NirOrigin, type NirSettings, toNir } from './to-graph.js';
import { type NirVerdictRow, nirVerdicts } from './verdicts.js';
import { writeNir } from './write.js';

/** Result of an export. */
export interface NirExport {
  graph: NirGraph;
  /** One row a program: whether it computes the same, and if not, why. */
  verdicts: NirVerdictRow[];
}

/** Input and options of an export. */
export interface NirExportOptions extends NirOptions {
  network: Network;
  /** By our names, as `runs.readWeights` and `loadWeights` give them. */
  weights: TensorMap;
  /** The experiment, or what of it decides inference. */
  settings: NirSettings;
  /** Where the network comes from; stands in the file's metadata. */
  origin?: NirOrigin;
}

/**
 * Writes a trained network as a NIR file (HDF5), atomically.
 *
 * @param file - where to, `.nir`
 * @param options - `network`, `weights` and `settings` (the experiment) are needed; `origin`: where the network comes from
 * @returns the graph that was written, and for each layer how exactly NIR says what it does
 * @throws SettingsError naming the layer or setting that NIR or the profile has nothing for; DataError when the disk refuses
 *
 * @example
 * ```ts
 * const { verdicts } = await exportNir('net.nir', { network, weights, settings: record.experiment });
 * table(verdicts);
 * ```
 */
export async function exportNir(
  file: string,
  { network, weights, settings, ...options }: NirExportOptions,
): Promise<NirExport> {
  const graph = toNir(network, weights, settings, options);
  await writeNir(file, graph);
  return { graph, verdicts: nirVerdicts(graph) };
}
