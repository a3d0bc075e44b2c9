// Generated neurons in a bench's memory, and the interpreter of equations over the same layer.
import type { NeuronEquations } from '../../src/equations/index.js';
import { compileStep } from '../../src/engines/event/generate/compile.js';
import { DELTA, FLOOR } from '../../src/engines/generate/lower.js';
import { generateNeuron, type NeuronCode } from '../../src/engines/event/generate/neuron-code.js';
import type { SurrogateCode } from '../../src/engines/generate/surrogate-code.js';
import { tableFloats, tableWriter } from '../../src/engines/event/generate/table.js';
import type { Build } from '../../src/engines/event/module.js';
import type { KernelBench } from './kernels.js';

/** The name under which a bench has the module. */
export const MODULE = 'own';

/** A neuron with its surrogate, generated, and its modules. */
export interface Generated {
  neuron: NeuronEquations;
  surrogate: SurrogateCode;
  code: NeuronCode;
  modules: Record<Build, WebAssembly.Module>;
}

/** Generates and compiles; the project's cache keeps what was compiled. */
export async function generated(neuron: NeuronEquations, surrogate: SurrogateCode): Promise<Generated> {
  const code = generateNeuron(neuron, surrogate);
  const [plain, fma] = [await compileStep(code.source, 'plain'), await compileStep(code.source, 'fma')];
  return { neuron, surrogate, code, modules: { plain, fma } };
}

/** Values of learned parameters by name: `[1]`, `[channels]` or `[H·W·channels]`. */
export type LearnedValues = Record<string, Float32Array>;

/** Puts the table of a layer into a bench's memory. */
export function putTable(
  bench: KernelBench,
  { neuron, surrogate, code }: Generated,
  channels: number,
  learned: LearnedValues,
  { delta, floor }: { delta: number; floor: number | null },
): number {
  const values = {
    ...Object.fromEntries(neuron.fixed),
    ...Object.fromEntries(code.sums.map((name) => [name, learned[name]])),
    ...surrogate.values,
    ...{ [DELTA]: delta, [FLOOR]: floor ?? -Infinity },
  };
  const floats = tableFloats(code, channels);
  const address = bench.alloc(floats * 4);
  tableWriter(code, Object.keys(values), channels)(values, bench.floats(address, floats));
  return address;
}
