// Change of a trained network's gradients by SGS: measured on the same weights and examples, δ by δ, and what the scales alone
// predict.
import type { Batch } from '../data/dataset.js';
import type { Engine, ModelSettings } from '../engines/engine.js';
import type { Network } from '../network/layers.js';
import type { TensorMap } from '../network/parameters.js';

/** Change of a gradient against δ = 0. */
export interface GradientChange {
  delta: number;
  /** A parameter's name, or `all` for all of them as one vector. */
  parameter: string;
  /** `‖g_δ − g_0‖ / ‖g_0‖`; null where the gradient at δ = 0 is zero. */
  relative: number | null;
}

/**
 * Gradients of the classification loss (without Lipschitz regularisation) on one batch, for each δ against δ = 0, at the
 * same weights. Differences below 1e-6 are float32 rounding.
 */
export async function gradientChanges(
  engine: Engine,
  network: Network,
  settings: ModelSettings,
  weights: TensorMap,
  batch: Batch,
  deltas: readonly number[],
): Promise<GradientChange[]> {
  const gradientsAt = async (delta: number): Promise<TensorMap> => {
    const model = engine.createModel(
      network,
      {
        ...settings,
        neuron: { ...settings.neuron, delta },
        lipschitz: { ...settings.lipschitz, beta: 0 },
      },
      weights,
    );
    try {
      return (await model.gradients(batch)).gradients;
    } finally {
      model.dispose();
    }
  };
  const plain = await gradientsAt(0);
  const rows: GradientChange[] = [];
  for (const delta of deltas) {
    const scaled = await gradientsAt(delta);
    let [changed, whole] = [0, 0];
    for (const [parameter, { data }] of Object.entries(plain)) {
      let [difference, size] = [0, 0];
      data.forEach((value, i) => {
        difference += (scaled[parameter].data[i] - value) ** 2;
        size += value ** 2;
      });
      changed += difference;
      whole += size;
      rows.push({ delta, parameter, relative: ratio(difference, size) });
    }
    rows.push({ delta, parameter: 'all', relative: ratio(changed, whole) });
  }
  return rows;
}

const ratio = (difference: number, size: number): number | null =>
  size === 0 ? null : Math.sqrt(difference / size);

/**
 * The largest relative change of a gradient along one path through a network: `(1 + δ·|v − o|)^(layers·T) − 1`, every
 * firing function on the way scaling to the same side by as much as it can.
 *
 * For the rectangle of width 1 around θ = ½ potentials that pass a gradient have |v − o| below ½. A gradient is a sum over
 * paths whose changes partly cancel, so what is measured lies below, as a rule by far.
 *
 * @param layers - LIF layers of the network
 * @param steps - time steps T
 * @param distance - largest |v − o| that passes a gradient; default ½
 */
export const predictedChange = (delta: number, layers: number, steps: number, distance = 0.5): number =>
  Math.expm1(layers * steps * Math.log1p(delta * distance));
