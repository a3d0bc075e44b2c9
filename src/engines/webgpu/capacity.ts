// Limits of a device: the memory of a model is one buffer, and a range of it that a kernel reads or writes has a limit of its own.
import type { Capacity } from '../plan/fitting.js';
import type { Gpu } from './gpu.js';

/** Of a model. */
export const memoryCapacity = ({ memory }: Pick<Gpu['limits'], 'memory'>): Capacity => ({
  ...{ engine: 'webgpu', bytes: memory },
  limit: 'a buffer of this device holds',
});

/** Of one signal, or all parameters. */
export const bindingCapacity = ({ binding }: Pick<Gpu['limits'], 'binding'>): Capacity => ({
  ...{ engine: 'webgpu', bytes: binding },
  limit: 'for one signal, a range of this device has',
});
