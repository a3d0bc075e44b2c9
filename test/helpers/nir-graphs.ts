// Graphs of NIR made in a line.
import {
  float32Array,
  int64,
  int64Array,
  type NirArray,
  type NirField,
  type NirGraph,
  type NirMetadata,
  type NirNode,
} from '../../src/interchange/nir/graph.js';

/** A node; numbers become float64 arrays of one axis, `shape` and the like whole ones. */
export function nirNode(type: string, fields: Record<string, number[] | NirField> = {}): NirNode {
  const whole = /^(shape|kernel_size|stride|padding|dilation|input_shape|input_type)$/;
  return {
    type,
    fields: Object.fromEntries(
      Object.entries(fields).map(([name, value]): [string, NirField] => {
        if (!Array.isArray(value)) return [name, value];
        return [name, whole.test(name) ? int64Array(value) : float64(value)];
      }),
    ),
  };
}

/** float64 numbers as an array. */
export const float64 = (values: ArrayLike<number>, shape: number[] = [values.length]): NirArray => ({
  dtype: 'float64',
  shape,
  data: Float64Array.from(values),
});

/** A graph of nodes by name; edges as `a>b>c` say. */
export const nirGraph = (
  nodes: Record<string, NirNode | NirGraph>,
  edges: string[],
  metadata?: NirMetadata,
): NirGraph => ({
  type: 'NIRGraph',
  nodes: new Map(Object.entries(nodes)),
  edges: edges.flatMap((chain) => {
    const names = chain.split('>');
    return names.slice(1).map((to, i): [string, string] => [names[i], to]);
  }),
  ...(metadata && { metadata }),
});

/** Nodes one after the other between an input and an output of these shapes. */
export const nirChain = (
  input: number[],
  nodes: NirNode[],
  output: number[],
  metadata?: NirMetadata,
): NirGraph =>
  nirGraph(
    {
      in: nirNode('Input', { shape: input }),
      ...Object.fromEntries(nodes.map((node, i) => [`n${i}`, node])),
      out: nirNode('Output', { shape: output }),
    },
    [['in', ...nodes.map((_, i) => `n${i}`), 'out'].join('>')],
    metadata,
  );

/** A LIF of our neuron: decay τ, threshold θ, at time step dt. */
export const lifNode = (decay: number, theta: number, dt: number, shape: number[] = [1]): NirNode => {
  const all = (value: number): NirArray =>
    float64(Array<number>(shape.reduce((a, b) => a * b, 1)).fill(value), shape);
  return nirNode('LIF', {
    ...{ tau: all(dt / (1 - decay)), r: all(1 / (1 - decay)), v_leak: all(0) },
    ...{ v_threshold: all(theta), v_reset: all(0) },
  });
};

/** A convolution with what is not given at its plainest. */
export const conv2dNode = (weight: NirArray, more: Record<string, number[] | NirField> = {}): NirNode =>
  nirNode('Conv2d', {
    ...{ weight, bias: float32Array(new Float32Array(weight.shape[0])), stride: [1, 1], padding: [0, 0] },
    ...{ dilation: [1, 1], groups: int64(1) },
    ...more,
  });
