// Memory-inclusive energy: arithmetic is the small part of what a chip spends, so words read and written are counted too.
import { statesOf, type Network } from '../network/layers.js';
import { exactMacs, inputBits } from '../network/operations.js';
import { sizeOf } from '../network/parameters.js';
import { placeLayers } from '../network/shapes.js';
import { type LayerEnergy, PICOJOULE } from './energy.js';

/**
 * Energy of reading or writing one 32-bit word in picojoule at 45 nm, by the size of the memory: half of Horowitz's
 * figures for 64 bits (2014): 10, 20 and 100 pJ. `none`: memory costs nothing, arithmetic alone.
 */
export const MEMORY_WORD = { none: 0, '8 kB': 5, '32 kB': 10, '1 MB': 50 } as const;
/** One of {@link MEMORY_WORD}. */
export type MemorySize = keyof typeof MEMORY_WORD;

/**
 * The order in which a layer's sums (in the SNN: potentials) are made, which decides what an operation moves.
 *
 * - `inputs`: an input is read once and added to every sum that it feeds, as an event is in event-driven hardware. A sum
 *   lies in memory: an operation reads a weight, and reads and writes the sum.
 * - `outputs`: a sum stays in a register until all its inputs are added. An operation reads a weight and an input.
 * - `bits`: as `outputs`, but an input is so many bits of a word as it needs (`inputBits`), read whether it is zero or not.
 */
export type SumOrder = 'inputs' | 'outputs' | 'bits';

/** Words that one operation moves under an order; under `bits` the bits of the inputs come on top. */
export const WORDS_PER_OPERATION: Readonly<Record<SumOrder, number>> = { inputs: 3, outputs: 2, bits: 1 };

/** Execution of the two networks: the assumption that decides which of them takes less. */
export interface Dataflow {
  /** In a few words. */
  title: string;
  ann: SumOrder;
  snn: SumOrder;
  /** What it stands for. */
  meaning: string;
}

/**
 * The dataflows compared. Event-driven SNN hardware is what the literature sets against ANN accelerators that reuse data
 * (Dampfhoffer et al., 2023); SNN hardware that finishes a neuron before the next, so that no potential is stored, exists
 * as well (SpinalFlow, Narayanan et al. 2020). Here the same order for both stands beside them.
 */
export const DATAFLOWS = {
  eventDriven: {
    title: 'SNN by inputs, ANN by outputs',
    ann: 'outputs',
    snn: 'inputs',
    meaning: 'event-driven SNN: each event reads and writes potentials in memory; the ANN sums in a register',
  },
  inputs: {
    title: 'both by inputs',
    ann: 'inputs',
    snn: 'inputs',
    meaning: 'sums and potentials in memory on both sides, read and written at each operation',
  },
  outputs: {
    title: 'both by outputs',
    ann: 'outputs',
    snn: 'outputs',
    meaning: 'sums and potentials in a register on both sides until all inputs of a neuron are added',
  },
  spikeBits: {
    title: 'both by outputs, spikes as bits',
    ann: 'outputs',
    snn: 'bits',
    meaning: 'as before, and the SNN reads its inputs packed as bits where the ANN reads words',
  },
} as const satisfies Record<string, Dataflow>;
/** One of {@link DATAFLOWS}. */
export type DataflowName = keyof typeof DATAFLOWS;

/** Assumptions of a memory-inclusive energy. */
export interface MemoryAssumptions {
  dataflow: DataflowName;
  memory: MemorySize;
  /** Default `int32`, the paper's. */
  cost?: keyof typeof PICOJOULE;
  /**
   * Share of the inputs of the ANN's layers after the first that are not zero, where it skips zeros as the SNN does.
   * Default 1: it multiplies the zeros that ReLU leaves, too.
   */
  annDensity?: number;
}

/** Energies of one example with memory counted, in picojoule. */
export interface MemoryEnergy extends Required<MemoryAssumptions> {
  ann: number;
  snn: number;
  /** Share of memory in each. */
  annMemory: number;
  snnMemory: number;
  /** `ann / snn`: how many times less energy the SNN takes. */
  ratio: number;
  /**
   * The `annDensity` at which both take the same: with fewer non-zero activations an ANN that skips zeros takes less
   * than the SNN. Null where the ANN takes no more even if it skips nothing.
   */
  breakEvenDensity: number | null;
}

/** Energy by what it goes into. */
interface Spent {
  arithmetic: number;
  memory: number;
}

/** Words moved for so many operations of a layer: see {@link SumOrder}. */
function wordsMoved(
  order: SumOrder,
  { operations, inputs, places, bits }: Record<'operations' | 'inputs' | 'places' | 'bits', number>,
): number {
  const words = WORDS_PER_OPERATION[order] * operations;
  if (order === 'inputs') return words + inputs;
  return order === 'bits' ? words + (places * bits) / 32 : words;
}

/**
 * The energy of one example when every operand comes from a memory of one size. Multiplications with padding are on
 * neither side.
 *
 * ANN: each multiply–accumulate moves what its order says; each output is written once, and read before that where sums
 * lie in memory. SNN: each synaptic operation moves what its order says (averages of spikes are sparse too, but multiply);
 * what feeds a layer is written once; each neuron reads, decays (one multiply–accumulate) and writes each of its states (of LIF: its
 * potential) at every step. The first layer, fed by the image, is counted as in the ANN at every step. Weights are not reused between examples,
 * positions or steps, on either side.
 *
 * @param layers - with their measured activity
 * @param steps - time steps T
 */
export function memoryEnergy(
  network: Network,
  layers: readonly LayerEnergy[],
  steps: number,
  { dataflow, memory, cost = 'int32', annDensity = 1 }: MemoryAssumptions,
): MemoryEnergy {
  const word = MEMORY_WORD[memory];
  const { mac, ac } = PICOJOULE[cost];
  const order: Dataflow = DATAFLOWS[dataflow];
  const placed = new Map(placeLayers(network).map((place) => [place.layer.name, place]));
  const bitsOf = inputBits(network);
  const neurons = [...placed.values()].reduce(
    (sum, { layer, output }) => sum + statesOf(layer) * sizeOf(output),
    0,
  );
  /** What the ANN spends whatever its density, and what it spends on layers after the first if it skips no zeros. */
  const fixed: Spent = { arithmetic: 0, memory: 0 };
  const dense: Spent = { arithmetic: 0, memory: 0 };
  const snn: Spent = { arithmetic: steps * neurons * mac, memory: steps * neurons * 2 * word };
  for (const { layer, input, inputRate, synapticOperations } of layers) {
    const place = placed.get(layer)!;
    const operations = exactMacs(place);
    const inputs = sizeOf(place.input);
    fixed.memory += sizeOf(place.output) * (order.ann === 'inputs' ? 2 : 1) * word;
    const whole = { operations, inputs, places: operations, bits: 32 };
    const spent = input === 'image' ? fixed : dense;
    spent.arithmetic += operations * mac;
    spent.memory += wordsMoved(order.ann, whole) * word;
    if (input === 'image') {
      snn.arithmetic += steps * operations * mac;
      snn.memory += steps * wordsMoved(order.snn, whole) * word; // pixels are words in any order
    } else {
      const bits = bitsOf.get(layer)!;
      const events = steps * inputs * inputRate;
      const places = steps * operations;
      const written = order.snn === 'bits' ? (steps * inputs * bits) / 32 : events;
      snn.arithmetic += synapticOperations * (input === 'spikes' ? ac : mac);
      snn.memory +=
        (wordsMoved(order.snn, { operations: synapticOperations, inputs: events, places, bits }) + written) *
        word;
    }
  }
  const total = ({ arithmetic, memory: moved }: Spent): number => arithmetic + moved;
  const ann: Spent = {
    arithmetic: fixed.arithmetic + annDensity * dense.arithmetic,
    memory: fixed.memory + annDensity * dense.memory,
  };
  const breakEven = (total(snn) - total(fixed)) / total(dense);
  return {
    dataflow,
    memory,
    cost,
    annDensity,
    ann: total(ann),
    snn: total(snn),
    annMemory: ann.memory / total(ann),
    snnMemory: snn.memory / total(snn),
    ratio: total(ann) / total(snn),
    breakEvenDensity: breakEven < 1 ? breakEven : null,
  };
}
