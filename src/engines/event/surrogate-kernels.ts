// The two modules of the kernels that know the surrogates by name, written from the registry (src/surrogates) when the
// kernels are built: `surrogates.ts` and `neurons-backward-kernels.ts` beside the sources in assembly/.
import { SURROGATE_NAMES, surrogates, type SurrogateName } from '../../surrogates/index.js';

/** What a kernel adds up besides a first affine term, in the order of `Second` of assembly/current.ts. */
export const SECOND_TERMS = ['none', 'affine', 'spikes'] as const;
/** One of them. */
export type SecondTerm = (typeof SECOND_TERMS)[number];

const capital = (text: string): string => text[0].toUpperCase() + text.slice(1);

/** The kernel of the backward pass of neurons. */
export const backwardKernel = (surrogate: SurrogateName, second: SecondTerm): string =>
  `neuronsBackward${capital(surrogate)}${second === 'none' ? '' : capital(second)}`;

/** `derivative(kind, u, a, b)`: h(u) of the surrogate number `kind`, a constant at every call, so that one branch is left. */
const derivatives = (): string => `import { expNegative } from './exp';

// @ts-ignore: decorator
@inline
export function derivative(kind: i32, u: v128, a: v128, b: v128): v128 {
${SURROGATE_NAMES.map(branch).join('\n')}
}
`;

/** The last needs no condition: some branch must return. */
const branch = (name: SurrogateName, kind: number): string =>
  kind === SURROGATE_NAMES.length - 1
    ? surrogates[name].kernel.code
    : `  if (kind == ${kind}) {\n${surrogates[name].kernel.code}\n  }`;

/** A kernel for every surrogate and second term. */
const backwardKernels = (): string => `import { NeuronsBackward } from './arguments';
import { Second } from './current';
import { backward } from './neurons-backward';
${SURROGATE_NAMES.flatMap((name, kind) =>
  SECOND_TERMS.map(
    (second) => `
export function ${backwardKernel(name, second)}(args: NeuronsBackward, unit: i32, scratch: usize): void {
  backward(${kind}, Second.${capital(second)}, args, unit, scratch);
}`,
  ),
).join('')}
`;

/** Both modules by file name. */
export const surrogateModules = (): Record<string, string> => ({
  'surrogates.ts': derivatives(),
  'neurons-backward-kernels.ts': backwardKernels(),
});
