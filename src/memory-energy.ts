// A memory-inclusive energy model: arithmetic is the small part of what a chip spends, so reads and writes are counted too.
import { PICOJOULE, type LayerEnergy } from './energy.js';
import type { Network } from './network.js';
import { sizeOf } from './parameter-specs.js';
import { placeLayers } from './place-layers.js';

/**
 * Energy of reading or writing one 32-bit word in picojoule at 45 nm, by the size of the memory: half of Horowitz's
 * figures for 64 bits (2014): 10, 20 and 100 pJ.
 */
export const MEMORY_WORD = { '8 kB': 5, '32 kB': 10, '1 MB': 50 } as const;
/** One of {@link MEMORY_WORD}. */
export type MemorySize = keyof typeof MEMORY_WORD;

/** Energies of one example with memory counted, in picojoule. */
export interface MemoryEnergy {
  memory: MemorySize;
  cost: keyof typeof PICOJOULE;
  ann: number;
  snn: number;
  /** Share of memory in each. */
  annMemory: number;
  snnMemory: number;
  ratio: number;
}

/**
 * The energy of one example when every operand comes from a memory of one size.
 *
 * ANN: each multiply–accumulate reads a weight and an activation (its sum stays in a register), each output is written
 * once. SNN, event-driven: each synaptic operation reads a weight and reads and writes the potential that it adds to; each
 * neuron reads, decays (one multiply–accumulate) and writes its potential at every step. Averages of spikes are sparse too,
 * but multiply. The first layer, fed by the image, is counted as in the ANN at every step. No data is reused between operations, on either
 * side: a dataflow that reuses weights or activations helps the ANN more.
 *
 * @param layers - with their measured activity
 * @param steps - time steps T
 */
export function memoryEnergy(
  network: Network,
  layers: readonly LayerEnergy[],
  steps: number,
  memory: MemorySize,
  cost: keyof typeof PICOJOULE = 'int32',
): MemoryEnergy {
  const word = MEMORY_WORD[memory];
  const { mac, ac } = PICOJOULE[cost];
  const outputs = new Map(placeLayers(network).map(({ layer, output }) => [layer.name, sizeOf(output)]));
  const neurons = placeLayers(network)
    .filter(({ layer }) => layer.type === 'lif')
    .reduce((sum, { output }) => sum + sizeOf(output), 0);
  const ann = { arithmetic: 0, memory: 0 };
  const snn = { arithmetic: steps * neurons * mac, memory: steps * neurons * 2 * word };
  for (const { layer, macs, input, synapticOperations } of layers) {
    const moved = 2 * macs * word + outputs.get(layer)! * word;
    ann.arithmetic += macs * mac;
    ann.memory += moved;
    if (input === 'image') {
      snn.arithmetic += steps * macs * mac;
      snn.memory += steps * moved;
    } else {
      snn.arithmetic += synapticOperations * (input === 'spikes' ? ac : mac);
      snn.memory += 3 * synapticOperations * word;
    }
  }
  const total = ({ arithmetic, memory: moved }: typeof ann): number => arithmetic + moved;
  return {
    memory,
    cost,
    ann: total(ann),
    snn: total(snn),
    annMemory: ann.memory / total(ann),
    snnMemory: snn.memory / total(snn),
    ratio: total(ann) / total(snn),
  };
}
