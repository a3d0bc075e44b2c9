// Runs with energy evaluations in which every layer but the first is fed at one rate.
import type { ExperimentInput } from '../../src/experiment/experiment.js';
import { allEnergies, layerEnergies } from '../../src/measures/energy.js';
import { buildNetwork } from '../../src/network/architectures.js';
import { countMacs, exactMacs } from '../../src/network/operations.js';
import { placeLayers, type Shape } from '../../src/network/shapes.js';
import type { EvaluationRecord, RunRecord } from '../../src/records/record.js';
import { sampleEvaluation, sampleRun } from './records.js';

/** A run of these settings and its energy evaluation, exact operations those of inputs that fire everywhere alike. */
export function energyRun(
  settings: ExperimentInput,
  rate: number,
): { run: RunRecord; energy: EvaluationRecord } {
  const whole = sampleRun({ settings });
  const { experiment } = whole;
  const shape: Shape = experiment.data.name.endsWith('-dvs') ? [48, 48, 2] : [32, 32, 3];
  const network = buildNetwork(experiment.network, shape, experiment.data.name === 'cifar100' ? 100 : 10);
  const placed = placeLayers(network);
  const run = { ...whole, macs: placed.reduce((sum, place) => sum + countMacs(place), 0) };
  const perStep = (value: number): number[] => Array.from({ length: experiment.steps }, () => value);
  const synapses = placed.filter(({ layer }) => layer.type === 'conv2d' || layer.type === 'linear');
  const layers = layerEnergies(
    network,
    synapses.map((place, i) => {
      const size = place.input[0] * place.input[1] * place.input[2];
      const share = i === 0 ? 1 : rate;
      return {
        layer: place.layer.name,
        kind: 'synapse',
        size,
        nonZero: perStep(share * size),
        operations: perStep(share * exactMacs(place)),
      };
    }),
  );
  const energy: EvaluationRecord = {
    ...sampleEvaluation({ kind: 'energy' }),
    of: run.id,
    id: run.id.replace('run', 'eval'),
    results: [
      ...layers.map((layer) => ({ row: 'layer', ...layer })),
      ...allEnergies(layers, experiment.steps).map((total) => ({ row: 'total', ...total })),
    ],
  };
  return { run, energy };
}
