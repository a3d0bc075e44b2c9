// `inspect`: what a network does with one image, measured for every step and several strengths δ.
import type { Batch } from '../data/dataset.js';
import type { LayerProbe, Model } from '../engines/engine.js';
import type { Figure } from '../figures/theme.js';
import { deltaOf, deltaText } from '../surrogates/delta.js';
import { inspectionFigure, type Strength } from './inspection-figure.js';
import { look } from './look.js';

/** Strengths δ among which the slider chooses. */
const DELTAS: readonly number[] = [0, 1e-4, 1e-2, 0.1, 1];

/**
 * Looks at one image: a raster of all layers, the potentials and spike rates of each layer at a step (slider t), and the gradient norms by
 * layer for other strengths of SGS too (slider δ). The model is as before afterwards.
 *
 * @param model - of `loadModel`, or of `engine.createModel`
 * @param image - a batch of one, or of more: the first is drawn, batch norm sees the others besides;
 *   `[B, H, W, C]`, frames `[T, B, H, W, C]`
 * @returns a figure of four panels; it shows itself as the last value of a cell, elsewhere give it to `show`
 * @throws SettingsError where no neurons of the network spike
 *
 * @example
 * ```ts
 * const { model, batch, dispose } = await loadModel('convnet-shapes10');
 * await show(await inspect(model, await batch(16)));
 * dispose();
 * ```
 */
export async function inspect(model: Model, image: Batch): Promise<Figure> {
  const layers = await look(model, image);
  const { delta: own, ...neuron } = model.settings.neuron;
  const normsOf = (probes: readonly LayerProbe[]): number[][] =>
    probes.map(({ gradientNorm }) => gradientNorm);
  const ownStrength = { label: `${deltaText(own)} (its own)`, own: true, norms: normsOf(layers) };
  const strengths: Strength[] = [];
  try {
    for (const delta of DELTAS.filter((other) => other !== own)) {
      model.tune({ delta });
      strengths.push({ label: String(delta), own: false, norms: normsOf(await model.probe(image)) });
    }
  } finally {
    model.tune({ delta: Object.fromEntries(layers.map(({ layer }) => [layer, deltaOf(own, layer)])) });
  }
  const below = typeof own === 'number' ? DELTAS.filter((delta) => delta < own).length : 0;
  strengths.splice(below, 0, ownStrength);
  const theta = 'theta' in neuron ? neuron.theta : undefined;
  return inspectionFigure({ network: model.network.name, layers, strengths, theta });
}
