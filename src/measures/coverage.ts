// Share of a network that learns from a batch: χ, the share of its parameters whose gradient is not zero.
import type { TensorMap } from '../network/parameters.js';

/** Number of values of a parameter that a gradient reaches. */
export interface Coverage {
  /** A parameter's name, or `all` for all of them together. */
  parameter: string;
  /** Number of its values. */
  size: number;
  /** Share of them whose gradient is not zero, in [0, 1]. */
  share: number;
}

/**
 * χ by parameter and, last, of all parameters together: the share of values with a gradient other than zero. A surrogate that
 * is zero outside of a window, and neurons that never fire, leave weights without one; a batch moves none of those.
 *
 * After χ of *Deep spiking neural networks with efficient surrogate gradients* (submitted to ICLR 2023), which counts the same.
 *
 * @param gradients - of the classification loss alone: a penalty on weights has a gradient everywhere
 */
export function coverage(gradients: TensorMap): Coverage[] {
  const rows: Coverage[] = [];
  let [values, reached] = [0, 0];
  for (const [parameter, { data }] of Object.entries(gradients)) {
    let own = 0;
    for (let i = 0; i < data.length; i++) own += Number(data[i] !== 0);
    rows.push({ parameter, size: data.length, share: own / data.length });
    values += data.length;
    reached += own;
  }
  return [...rows, { parameter: 'all', size: values, share: values === 0 ? 0 : reached / values }];
}
