// Describes and checks a neuron, a built-in one by its name.
import * as equations from '../equations/index.js';
import type { NeuronCheck, NeuronCheckOptions, NeuronDescription } from '../equations/index.js';
import type { NeuronName } from './index.js';
import { modelOf } from './settings.js';

/**
 * A neuron as Markdown with TeX formulas: parameters, the forward step, and the backward step that is derived from it.
 *
 * @param neuron - the name of a built-in model, or equations
 * @returns Markdown: give it to `markdown`
 * @throws SettingsError where no model has the name, or the equation, the place and what was expected
 *
 * @example In a notebook
 * ```ts
 * markdown(describeNeuron('plif'));
 * ```
 */
export const describeNeuron = (neuron: NeuronName | NeuronDescription): string =>
  equations.describeNeuron(modelOf(neuron));

/**
 * Checks the derived gradients of a neuron against central differences of a random loss, something smooth in place of the step.
 *
 * @param neuron - the name of a built-in model, or equations
 * @param options - `surrogate`: a smooth one, default the logistic function of slope 4; `steps`, `neurons`, `seed` of the
 *   random input; `tolerance`: default 1e-7
 * @returns for each derivative its worst difference, relative, and whether all lie within the tolerance
 * @throws SettingsError where no model has the name, the description is none, or the surrogate has no primitive
 *
 * @example
 * ```ts
 * checkNeuron('plif'); // { ok: true, tolerance: 1e-7, gradients: [{ of: 'x', worst: 3e-11 }, …] }
 * ```
 */
export const checkNeuron = (
  neuron: NeuronName | NeuronDescription,
  options?: NeuronCheckOptions,
): NeuronCheck => equations.checkNeuron(modelOf(neuron), options);
