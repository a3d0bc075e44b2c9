// Memory counted: the ratio ANN/SNN under each dataflow and size of the memory.
import type { LayerEnergy } from '../../measures/energy.js';
import type { Figure } from '../../figures/theme.js';
import {
  DATAFLOWS,
  MEMORY_WORD,
  memoryEnergy,
  type DataflowName,
  type MemoryEnergy,
  type MemorySize,
} from '../../measures/memory-energy.js';
import type { Network } from '../../network/layers.js';
import { ratioDots } from '../../figures/ratio-dots.js';

/** What the rows of a network are made of: the network as built, its layers with their activity, and T. */
export interface Measured {
  name: string;
  built: Network;
  layers: readonly LayerEnergy[];
  experiment: { steps: number };
}

const ARITHMETIC = 'arithmetic alone';
const flows = Object.keys(DATAFLOWS) as DataflowName[];
const sizes = (Object.keys(MEMORY_WORD) as MemorySize[]).filter((memory) => memory !== 'none');

/** Energies of a network under every dataflow and size of the memory; arithmetic alone, the same in all, comes first. */
export function memoryRows({ built, layers, experiment }: Measured): MemoryEnergy[] {
  const at = (dataflow: DataflowName, memory: MemorySize): MemoryEnergy =>
    memoryEnergy(built, layers, experiment.steps, { dataflow, memory });
  return [at(flows[0], 'none'), ...flows.flatMap((dataflow) => sizes.map((memory) => at(dataflow, memory)))];
}

/** A row in words: the dataflow, or that no memory is counted. */
export const memoryRowName = ({ dataflow, memory }: Pick<MemoryEnergy, 'dataflow' | 'memory'>): string =>
  memory === 'none' ? ARITHMETIC : DATAFLOWS[dataflow].title;

/**
 * Ratios by dataflow: a dot for each network, a plot for the smallest and one for the largest memory.
 *
 * @param networks - with the rows that {@link memoryRows} makes of each
 */
export function memoryFigure(
  networks: readonly { name: string; rows: readonly MemoryEnergy[]; runs: readonly string[] }[],
): Figure {
  const names = [ARITHMETIC, ...flows.map((flow) => DATAFLOWS[flow].title)];
  const shown = [sizes[0], sizes[sizes.length - 1]];
  return ratioDots({
    title: 'Energy of the ANN over that of the SNN with memory counted',
    rows: names,
    quantity: 'order of summing',
    plots: shown.map((size) => ({
      title: `every operand in a memory of ${size}`,
      series: networks.map(({ name, rows, runs }) => ({
        name,
        runs,
        values: names.map(
          (row) =>
            rows.find((found) => memoryRowName(found) === row && ['none', size].includes(found.memory))
              ?.ratio ?? null,
        ),
      })),
    })),
  });
}
