// Batches in which two precisions must agree: no potential lies where a spike, or the gradient of a rectangle, jumps.
import type { Batch } from '../../src/data/dataset.js';
import type { Model, ModelSettings } from '../../src/engines/engine.js';
import { createPlainEngine } from '../../src/engines/plain/engine.js';
import type { NeuronSettings } from '../../src/neurons/lif.js';
import type { Network } from '../../src/network/layers.js';
import type { TensorMap } from '../../src/network/parameters.js';
import { surrogateParameter, type NamedSurrogate } from '../../src/surrogates/settings.js';

/**
 * Whether in float64, in training and in inference, no potential of a batch lies within `margin` of the threshold, nor of the ends of a rectangle's window. Of LIF with
 * a hard reset: with thresholds a margin apart the same neurons fire at every layer and step, layer by layer as many, and what fires at
 * the higher one fires at the lower; likewise what lies in a narrower window lies in a wider one.
 */
export async function isClearOfJumps(
  network: Network,
  settings: ModelSettings,
  weights: TensorMap,
  batch: Batch,
  margin = 1e-5,
): Promise<boolean> {
  const neuron = settings.neuron as NeuronSettings;
  if (neuron.reset !== 'hard' || settings.batchNorm.kind === 'tdbn')
    throw new Error('the threshold moves more than the spikes here');
  const surrogate = neuron.surrogate as NamedSurrogate;
  const parameter = surrogateParameter(surrogate);
  const modelOf = (change: Partial<NeuronSettings>): Model =>
    createPlainEngine().createModel(network, { ...settings, neuron: { ...neuron, ...change } }, weights);
  const widened = (by: number): Partial<NeuronSettings> => ({
    surrogate: { ...surrogate, parameter: parameter + 2 * by },
  });
  const rates = async (change: Partial<NeuronSettings>): Promise<string> => {
    const model = modelOf(change);
    const { activity } = await model.evaluate(batch, { activity: true });
    return JSON.stringify([(await model.probe(batch)).map(({ spikeRate }) => spikeRate), activity]);
  };
  const windows = async (change: Partial<NeuronSettings>): Promise<string> =>
    JSON.stringify((await modelOf(change).probe(batch)).map(({ windowDensity }) => windowDensity));
  return (
    (await rates({ theta: neuron.theta - margin })) === (await rates({ theta: neuron.theta + margin })) &&
    (surrogate.name !== 'rectangle' || (await windows(widened(-margin))) === (await windows(widened(margin))))
  );
}
