// The surrogate of a generated step: a built-in one by its own lines of kernel, one of a user's own by its equation.
import { type Expression, name, renamed } from '../../equations/expression.js';
import type { SurrogateEquations } from '../../equations/index.js';
import { surrogates, type SurrogateName } from '../../surrogates/index.js';
import {
  isNamed,
  type NamedSurrogate,
  statefulSurrogate,
  surrogateEquations,
  surrogateParameter,
  type SurrogateSettings,
} from '../../surrogates/settings.js';
import type { Node } from './graph.js';
import type { Lowering } from './lower.js';

/** A surrogate as the generator takes it. */
export interface SurrogateCode {
  /** The numbers that it reads, by names that no description can hold. */
  readonly names: readonly string[];
  /** Their values. */
  readonly values: Readonly<Record<string, number>>;
  /** h of an argument. */
  lower(lowering: Lowering, argument: Node): Node;
  /** Engine event: a function of the module that it needs. */
  readonly source: string;
  /** Engine webgpu: the same. */
  readonly shader: string;
}

const own = (key: string): string => `h.${key}`;

/** The code of the surrogate of an experiment. One with a state of its own is part of the neuron's equations. */
export function surrogateCode(surrogate: SurrogateSettings): SurrogateCode {
  if (statefulSurrogate(surrogate)) return NONE;
  const code = isNamed(surrogate)
    ? builtInSurrogate(surrogate)
    : describedSurrogate(surrogateEquations(surrogate));
  return surrogate.height === undefined ? code : timesHeight(code, surrogate.height);
}

const NONE: SurrogateCode = {
  ...{ names: [], values: {}, source: '', shader: '' },
  lower() {
    throw new Error('the equations call no surrogate'); // a fault of neurons/in-force.ts
  },
};

/** The same times a number. */
const timesHeight = (code: SurrogateCode, height: number): SurrogateCode => ({
  names: [...code.names, own('height')],
  values: { ...code.values, [own('height')]: height },
  lower: (lowering, argument) =>
    lowering.graph.of('multiply', lowering.entry(name(own('height'))), code.lower(lowering, argument)),
  source: code.source,
  shader: code.shader,
});

/** A built-in surrogate: the kernel code of its file in src/surrogates. */
export function builtInSurrogate(settings: NamedSurrogate): SurrogateCode {
  const [a, b] = surrogates[settings.name].kernel.constants(surrogateParameter(settings));
  return {
    names: [own('a'), own('b')],
    values: { [own('a')]: a, [own('b')]: b },
    lower: (lowering, argument) =>
      lowering.graph.of(
        'surrogate',
        argument,
        lowering.entry(name(own('a'))),
        lowering.entry(name(own('b'))),
      ),
    source: derivativeOf(settings.name),
    shader: `fn derivative(u: vec4f, a: f32, b: f32) -> vec4f { ${surrogates[settings.name].shader} }`,
  };
}

const derivativeOf = (surrogate: SurrogateName): string => `
// @ts-ignore: decorator
@inline
function derivative(u: v128, a: v128, b: v128): v128 {
  ${surrogates[surrogate].kernel.code}
}
`;

/** One that is described. */
export function describedSurrogate({ description, expressions }: SurrogateEquations): SurrogateCode {
  const parameters = description.parameters ?? {};
  const keys = new Set(['u', ...Object.keys(parameters)]);
  const derivative: Expression = renamed(expressions.derivative, (key) => (keys.has(key) ? own(key) : key));
  return {
    names: Object.keys(parameters).map(own),
    values: Object.fromEntries(Object.entries(parameters).map(([key, value]) => [own(key), value])),
    lower(lowering, argument) {
      lowering.set(own('u'), argument);
      return lowering.lower(derivative);
    },
    source: '',
    shader: '',
  };
}
