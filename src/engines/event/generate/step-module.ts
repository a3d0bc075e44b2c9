// The text of the module `step.ts`, which the loops of assembly/described-*.ts import, from the statements of its functions.
// Tests: test/engines/event/generate/neuron-code.test.ts.

/** What the current of four channels is made of: see assembly/current.ts. */
const CURRENT =
  'second: Second, y: usize, scale: usize, shift: usize, z: usize, zScale: usize, zShift: usize, bits: u32';
/** Where all else of them is read and written. */
const STEP = 'table: usize, own: usize, place: usize, constants: usize';

/** Parameters and result of the functions, in order. */
const FUNCTIONS = {
  /** States at rest. */
  rest: ['state: usize', 'void'],
  /** A step: the mask of the spikes, 4 bits a vector; or 0, what is analog is stored. */
  forward: [`${CURRENT}, state: usize, ${STEP}, to: usize`, 'u32'],
  /** The last one, whose states have no use. */
  forwardLast: [`${CURRENT}, state: usize, ${STEP}, to: usize`, 'u32'],
  /** A step again, for the sake of what the way back needs. */
  recompute: [`${CURRENT}, state: usize, kept: usize, ${STEP}`, 'void'],
  /** A step back: the gradient of the current, of one vector. */
  backward: [`g: v128, state: usize, kept: usize, ${STEP}, sums: usize, owned: usize`, 'v128'],
} as const;

/** The statements of each function. */
export type StepFunctions = Record<keyof typeof FUNCTIONS, string[]>;

const INLINED = '\n// @ts-ignore: decorator\n@inline\nexport';

/**
 * The module.
 *
 * @param sizes - the loops' constants by name: how many states a neuron has and the like
 * @param surrogate - the code of a surrogate that is built in; else nothing
 */
export function stepModule(
  sizes: Readonly<Record<string, number>>,
  surrogate: string,
  functions: StepFunctions,
): string {
  const constants = Object.entries(sizes).map(
    ([name, value]) => `${INLINED} const ${name.toUpperCase()}: i32 = ${value};`,
  );
  const texts = (Object.keys(FUNCTIONS) as (keyof StepFunctions)[]).map((name) => {
    const [parameters, result] = FUNCTIONS[name];
    return `${INLINED} function ${name}(${parameters}): ${result} {\n  ${functions[name].join('\n  ')}\n}`;
  });
  return [
    "import { exp, expOfNegative, log, power, sign, tanh } from './functions';",
    "import { expNegative } from './exp';",
    "import { madd } from './madd';",
    "import { current, Second } from './current';",
    ...constants,
    surrogate,
    ...texts,
  ].join('\n');
}
