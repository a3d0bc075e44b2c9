// The paper's count of synaptic operations beside the exact one, by what feeds the layers.
import type { LayerEnergy } from '../../measures/energy.js';
import type { Network } from '../../network/layers.js';
import { exactMacs } from '../../network/operations.js';
import { placeLayers } from '../../network/shapes.js';

/** Operations of one example over all steps, summed over the layers that one kind of input feeds. */
export interface OperationCounts {
  input: LayerEnergy['input'];
  layers: string[];
  /** `Σ T · MACs · S`, the paper's. */
  counted: number;
  /** Exact: padding and fan-out counted. */
  exact: number;
  /** `exact / counted`. */
  share: number;
  /** What that share would be if inputs beside an edge fired as often as others: what padding alone takes away. */
  shareByPadding: number;
}

/** Counts for each kind of input that feeds any layer, in the order image, averages, spikes. */
export function operationCounts(
  network: Network,
  layers: readonly LayerEnergy[],
  steps: number,
): OperationCounts[] {
  const exactOf = new Map(placeLayers(network).map((place) => [place.layer.name, exactMacs(place)]));
  return (['image', 'averages', 'spikes'] as const).flatMap((input) => {
    const own = layers.filter((layer) => layer.input === input);
    if (own.length === 0) return [];
    const sum = (value: (layer: LayerEnergy) => number): number =>
      own.reduce((total, layer) => total + value(layer), 0);
    const counted = sum(({ macs, inputRate }) => steps * macs * inputRate);
    const exact = sum(({ synapticOperations }) => synapticOperations);
    const withoutPadding = sum(({ layer, inputRate }) => steps * exactOf.get(layer)! * inputRate);
    return [
      {
        input,
        layers: own.map(({ layer }) => layer),
        counted,
        exact,
        share: exact / counted,
        shareByPadding: withoutPadding / counted,
      },
    ];
  });
}

/** What each kind of input feeds in a network, a line a kind. */
export const countLines = (name: string, counts: readonly OperationCounts[]): string[] =>
  (['image', 'averages', 'spikes'] as const).map((kind) => {
    const count = counts.find(({ input }) => input === kind);
    return `${name}, fed by ${kind === 'image' ? 'the image' : kind}: ${count ? countText(count) : 'none'}`;
  });

function countText({ layers, share, shareByPadding }: OperationCounts): string {
  const which = layers.length === 1 ? layers[0] : `${layers.length} layers`;
  return `${which}; exact operations are ${(100 * share).toFixed(1)} % of Σ T·MACs·S (padding alone leaves ${(100 * shareByPadding).toFixed(1)} %)`;
}
