// Sentences about the energy of a network, computed: how far the answer depends on what is counted.
import { formatNumber } from '../../figures/table.js';
import { energyOf, type LayerEnergy } from '../../measures/energy.js';
import type { MemoryEnergy } from '../../measures/memory-energy.js';
import { exactMacs } from '../../network/operations.js';
import { placeLayers } from '../../network/shapes.js';
import type { Interval } from '../../statistics/interval.js';
import { memoryRowName } from './memory.js';
import { operationCounts } from './operation-counts.js';
import type { EnergySubject } from './subjects.js';

/** `29.1 ± 0.4`: mean ± standard deviation over seeds; the number alone for one seed. */
export const spreadText = ({ mean, sd }: Pick<Interval, 'mean' | 'sd'>): string =>
  sd === null ? mean.toFixed(1) : `${mean.toFixed(1)} ± ${sd.toFixed(1)}`;

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;

/** The ends of a range, one number where both are written alike. */
function range(values: readonly number[], print: (value: number) => string): string {
  const ends = [Math.min(...values), Math.max(...values)].map(print);
  return ends[0] === ends[1] ? ends[0] : `${ends[0]} to ${ends[1]}`;
}

/**
 * Sentences on one network: the paper's counting, every multiplication counted, exact operations, memory, skipped zeros.
 *
 * @param rows - as `memoryRows` makes them
 */
export function energySentences(
  subject: EnergySubject,
  rows: readonly Omit<MemoryEnergy, 'cost' | 'annDensity'>[],
): string[] {
  const { name, experiment, rate, ratio } = subject;
  return [
    `${name}, T = ${experiment.steps}: by the paper's counting it takes ${spreadText(ratio)} times less energy than its twin (${ratio.n === 1 ? 'one seed' : `${ratio.n} seeds`}); its mean input rate is ${percent(rate.mean)}.`,
    strictSentence(subject),
    exactSentence(subject),
    operationsSentence(subject),
    ...memorySentences(name, rows),
  ];
}

/** Every multiplication counted, zeros too: 1/T where no layer is fed by spikes alone. */
function strictSentence({ name, layers, experiment: { steps } }: EnergySubject): string {
  const { ratio } = energyOf(layers, steps, { cost: 'fp32', firstLayer: 'macEveryStep', averages: 'mac' });
  const macsOf = (own: typeof layers): number => own.reduce((sum, { macs }) => sum + macs, 0);
  const bySpikes = macsOf(layers.filter(({ input }) => input === 'spikes')) / macsOf(layers);
  const why =
    bySpikes === 0
      ? `That is 1/T: no layer of this network is fed by binary spikes alone, so each of its ${steps} steps multiplies as much as the ANN does.`
      : `Layers fed by binary spikes alone have ${percent(bySpikes)} of the multiply–accumulates; without any it would be 1/T = ${formatNumber(1 / steps, 3)}.`;
  return `${name}: with every multiplication counted and 32-bit floats the factor is ${ratio.toFixed(2)}. ${why}`;
}

/** Exact synaptic operations as a share of the paper's count, for what does not come from the image. */
function exactSentence({ name, built, layers, experiment }: EnergySubject): string {
  const shares = operationCounts(built, layers, experiment.steps)
    .filter(({ input }) => input !== 'image')
    .map(
      ({ input, share, shareByPadding }) =>
        `${percent(share)} in layers fed by ${input} (padding alone would leave ${percent(shareByPadding)})`,
    );
  return `${name}: exact synaptic operations as a share of the paper's count: ${shares.join(', ') || 'no layer after the first'}.`;
}

/** What the two networks have to do at all: with one order of summing for both, memory hardly moves the ratio of this. */
function operationsSentence({ name, built, layers, experiment: { steps } }: EnergySubject): string {
  const exactOf = new Map(placeLayers(built).map((place) => [place.layer.name, exactMacs(place)]));
  const sum = (value: (layer: LayerEnergy) => number): number =>
    layers.reduce((total, layer) => total + value(layer), 0);
  const ann = sum(({ layer }) => exactOf.get(layer)!);
  const snn = sum(({ layer, input, synapticOperations }) =>
    input === 'image' ? steps * exactOf.get(layer)! : synapticOperations,
  );
  return `${name}: ${percent(1 - ann / sum(({ macs }) => macs))} of the ANN's multiply–accumulates fall on padding; without them it has ${formatNumber(ann / snn, 3)} times as many operations as the SNN over all steps, and where both sum in the same order, that is about the ratio that memory gives.`;
}

/** Under which orders of summing the SNN takes less, and what an ANN that skips zeros would need. */
function memorySentences(name: string, rows: Parameters<typeof energySentences>[1]): string[] {
  const counted = rows.filter(({ memory }) => memory !== 'none');
  const orders = [...new Set(counted.map(memoryRowName))].map((order) => {
    const ratios = counted.filter((row) => memoryRowName(row) === order).map(({ ratio }) => ratio);
    const side = ratios.every((value) => value > 1)
      ? 'less'
      : ratios.every((value) => value < 1)
        ? 'more'
        : '';
    return { side, text: `${order} (${range(ratios, (value) => value.toFixed(2))})` };
  });
  const under = (side: string, verb: string): string[] => {
    const texts = orders.filter((order) => order.side === side).map(({ text }) => text);
    return texts.length === 0 ? [] : [`${verb} under ${texts.join(', ')}`];
  };
  const sides = [
    ...under('less', 'the SNN takes less'),
    ...under('more', 'the SNN takes more'),
    ...under('', 'it depends on the size of the memory'),
  ];
  const densities = counted.flatMap(({ breakEvenDensity }) => breakEvenDensity ?? []);
  return [
    `${name}, memory counted (ratio ANN/SNN over the sizes of memory in brackets): ${sides.join('; ')}.`,
    densities.length === 0
      ? `${name}: under no order does the SNN take less; an ANN that skips the zeros that ReLU leaves would only widen the distance.`
      : `${name}: where the SNN takes less, an ANN that skips the zeros that ReLU leaves takes as much when ${range(densities, percent)} of its activations are not zero, depending on order and memory.`,
  ];
}
