// The paper's energy model and the countings that a reader would ask for: MAC and AC counts by layer from
// measured activity, at 45 nm.
import type { LayerActivity } from '../engines/engine.js';
import { kindOf, type Network } from '../network/layers.js';
import { countMacs } from '../network/operations.js';
import { placeLayers } from '../network/shapes.js';

/** Energy of one operation in picojoule, 45 nm (Horowitz 2014). */
export const PICOJOULE = {
  /** 32-bit integer, the paper's choice: multiply–accumulate and accumulate. */
  int32: { mac: 3.2, ac: 0.1 },
  /** 32-bit float. */
  fp32: { mac: 4.6, ac: 0.9 },
} as const;

/** Counting of the first layer, whose input is the image and not spikes. */
export const FIRST_LAYER_COUNTINGS = {
  /** One AC rule for every layer: the paper's text. */
  ac: 'AC × rate × T (the text of the paper)',
  /** Multiplies at every step. */
  macEveryStep: 'MAC × T',
  /** Multiplies once: the image is the same at every step. */
  macOnce: 'MAC once (static image)',
} as const;
/** One of {@link FIRST_LAYER_COUNTINGS}. */
export type FirstLayerCounting = keyof typeof FIRST_LAYER_COUNTINGS;

/** One convolution or linear layer in the energy model. */
export interface LayerEnergy {
  layer: string;
  /** Multiply–accumulates of one example and one step in the ANN: `O²·N·k²·M` or `in·out`. */
  macs: number;
  /** Share of non-zero inputs, mean over steps. */
  inputRate: number;
  /**
   * `spikes`: its input is binary, it needs accumulates only; so it does where all spikes of the layer before are scaled by one
   * number, which its weights can hold. `image`: the first layer. `averages`: of spikes, after average
   * pooling. `activations`: of an ANN twin or of neurons with an analog output, real numbers under any counting.
   */
  input: 'spikes' | 'image' | 'averages' | 'activations';
  /** Exact synaptic operations of one example over all steps: padding and fan-out counted. */
  synapticOperations: number;
}

/** Energies of one example in picojoule, and their ratio. */
export interface EnergyResult {
  cost: keyof typeof PICOJOULE;
  firstLayer: FirstLayerCounting;
  /** Layers fed by averages counted as AC (the paper's rule) or as MAC (strict: averages are not binary). */
  averages: 'ac' | 'mac';
  /** `E_ANN = Σ FLOPs · E_MAC`. */
  ann: number;
  /** `E_SNN = T · Σ FLOPs · S · E_AC`, with the first layer and averages as said. */
  snn: number;
  /** `ann / snn`: how many times less energy the SNN takes. */
  ratio: number;
}

/** The layers of a network with their measured activity (see `LayerActivity`), in execution order. */
export function layerEnergies(network: Network, activity: LayerActivity[]): LayerEnergy[] {
  const activityOf = new Map(activity.map((entry) => [entry.layer, entry]));
  const inputs = inputKinds(network);
  return placeLayers(network)
    .filter(({ layer }) => kindOf(layer).role === 'weights')
    .map((placed) => {
      const { name } = placed.layer;
      const entry = activityOf.get(name)!;
      const examples = entry.size / (placed.input[0] * placed.input[1] * placed.input[2]);
      const total = entry.nonZero.reduce((sum, n) => sum + n, 0);
      return {
        layer: name,
        macs: countMacs(placed),
        inputRate: total / (entry.size * entry.nonZero.length),
        input: inputs.get(name)!,
        synapticOperations: entry.operations!.reduce((sum, n) => sum + n, 0) / examples,
      };
    });
}

/** Inputs of each layer. */
function inputKinds(network: Network): Map<string, LayerEnergy['input']> {
  const inputs = new Map<string, LayerEnergy['input']>();
  const walk = (layers: Network['layers'], start: LayerEnergy['input']): LayerEnergy['input'] =>
    layers.reduce((input, layer) => {
      inputs.set(layer.name, input);
      const kind = kindOf(layer);
      switch (kind.role) {
        case 'neuron':
          return kind.gives(layer) === 'activations' ? 'activations' : 'spikes';
        case 'inhibition':
          return 'activations';
        case 'average':
          return input === 'spikes' ? 'averages' : input;
        case 'residual':
          for (const branch of kind.branches(layer)) walk(branch, input);
          return input;
        case 'weights':
        case 'norm':
        case 'choice':
          return input;
      }
    }, start);
  walk(network.layers, 'image');
  return inputs;
}

/**
 * The energy of one example under one counting, in picojoule.
 *
 * @param steps - time steps T
 */
export function energyOf(
  layers: LayerEnergy[],
  steps: number,
  counting: Pick<EnergyResult, 'cost' | 'firstLayer' | 'averages'>,
): EnergyResult {
  const { mac, ac } = PICOJOULE[counting.cost];
  let ann = 0;
  let snn = 0;
  for (const { macs, inputRate, input } of layers) {
    ann += macs * mac;
    const accumulate = steps * macs * inputRate * ac;
    if (input === 'image' && counting.firstLayer !== 'ac')
      snn += macs * mac * (counting.firstLayer === 'macOnce' ? 1 : steps);
    else if (input === 'activations' || (input === 'averages' && counting.averages === 'mac'))
      snn += steps * macs * mac;
    else snn += accumulate;
  }
  return { ...counting, ann, snn, ratio: ann / snn };
}

/** The energy under every counting: cost × first layer × averages. */
export function allEnergies(layers: LayerEnergy[], steps: number): EnergyResult[] {
  const costs = Object.keys(PICOJOULE) as (keyof typeof PICOJOULE)[];
  const firsts = Object.keys(FIRST_LAYER_COUNTINGS) as FirstLayerCounting[];
  return costs.flatMap((cost) =>
    firsts.flatMap((firstLayer) =>
      (['ac', 'mac'] as const).map((averages) => energyOf(layers, steps, { cost, firstLayer, averages })),
    ),
  );
}

/** MAC-weighted mean input rate S of the whole network: with it, ANN/SNN = 32/(T·S) in the paper's counting. */
export function meanRate(layers: LayerEnergy[]): number {
  const macs = layers.reduce((sum, layer) => sum + layer.macs, 0);
  return layers.reduce((sum, layer) => sum + layer.macs * layer.inputRate, 0) / macs;
}
