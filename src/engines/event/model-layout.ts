// Memory of a model's learned tensors: regions of one layout, one after the other, behind which its plans begin. Tests:
// test/engines/event/plan.test.ts.
import { slotNames } from '../../learning/optimizers/index.js';
import type { Network } from '../../network/layers.js';
import { type ParameterSpec, parameterSpecs } from '../../network/parameters.js';
import type { ModelSettings } from '../engine.js';
import { FIRST_ADDRESS } from './model-memory.js';
import { layParameters, type Parameters } from '../plan/parameters.js';

/** Where a model's parameters, gradients and slots lie: two to four regions of one layout, then the plans'. */
export interface ModelLayout {
  specs: ParameterSpec[];
  parameters: Parameters;
  parametersAt: number;
  gradientsAt: number;
  slotsAt: number[];
  end: number;
}

/** Lays a model's regions out. */
export function layModel(network: Network, settings: ModelSettings): ModelLayout {
  const parameters = layParameters(network);
  const bytes = Math.ceil((parameters.floats * 4) / 64) * 64;
  const at = (i: number): number => FIRST_ADDRESS + i * bytes;
  const slots = slotNames(settings.optimizer).length;
  return {
    specs: parameterSpecs(network),
    parameters,
    parametersAt: at(0),
    gradientsAt: at(1),
    slotsAt: Array.from({ length: slots }, (_, i) => at(2 + i)),
    end: at(2 + slots),
  };
}
