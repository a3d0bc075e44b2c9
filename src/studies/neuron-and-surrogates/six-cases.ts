// The paper's Fig. 3: the six cases of SGS, drawn from gradients that were computed.
import { axis, theme, type Figure, type Trace } from '../../figures/theme.js';
import { line, points } from '../../figures/traces.js';
import { panels } from '../../figures/panels.js';

/** A neuron and the gradient that arrives at its spike. */
export interface Case {
  /** Its words in Fig. 3. */
  relation: string;
  /** Potential and spike. */
  v: number;
  o: number;
  /** Gradient at the spike. Descent moves v by −g: to the right where g is negative. */
  gO: number;
  /** Length of g_v beside that of g_o in Fig. 3. */
  published: 'equal' | 'longer' | 'shorter';
}

/** The six cases of Fig. 3 for a threshold of ½: above, no spike and a push to the right; below, a spike and a push to the left. */
export const SIX_CASES: readonly Case[] = [
  { relation: 'o = 0, v = o', v: 0, o: 0, gO: -0.6, published: 'equal' },
  { relation: 'o = 0, v < o', v: -0.4, o: 0, gO: -0.6, published: 'longer' },
  { relation: 'o = 0, v > o', v: 0.4, o: 0, gO: -0.6, published: 'shorter' },
  { relation: 'o = 1, v = o', v: 1, o: 1, gO: 0.6, published: 'equal' },
  { relation: 'o = 1, v < o', v: 0.6, o: 1, gO: 0.6, published: 'shorter' },
  { relation: 'o = 1, v > o', v: 1.4, o: 1, gO: 0.6, published: 'longer' },
];

/** A case with the gradient that came out at the potential. */
export interface ComputedCase extends Case {
  gV: number;
  /** |g_v| beside |g_o|, with room for float32 rounding. */
  computed: Case['published'];
}

/** Puts gradients beside their cases, in the same order. */
export function computedCases(gradients: ArrayLike<number>): ComputedCase[] {
  return SIX_CASES.map((given, i) => {
    const ratio = Math.abs(gradients[i]) / Math.abs(given.gO);
    const computed = Math.abs(ratio - 1) < 1e-6 ? 'equal' : ratio > 1 ? 'longer' : 'shorter';
    return { ...given, gV: gradients[i], computed };
  });
}

/** Fig. 3 from computed gradients: arrows are steps of descent, −g_o above and −g_v below, to scale. */
export function sixCasesFigure(cases: readonly ComputedCase[], theta: number): Figure {
  const data = cases.flatMap(({ v, gO, gV, o }, i): Trace[] => {
    const plot = i + 1;
    const inLegend = i === 0;
    return [
      arrow('arrives at the spike: −g_o', v, -gO, 0.72, 6, plot, inLegend),
      arrow('reaches the potential: −g_v', v, -gV, 0.4, 0, plot, inLegend),
      points({ name: 'potential v', x: [v], y: [0.1], colour: 0, symbol: 0, plot, inLegend }),
      points({ name: 'spike o', x: [o], y: [0.1], colour: 1, symbol: 4, plot, inLegend }),
      ...line({ name: 'threshold', x: [theta, theta], y: [0, 1], colour: 6, dash: 2, plot, inLegend }),
    ];
  });
  const axes = panels(
    cases.map(({ relation, gO, gV }) => ({
      title: `${relation}: |g_v| = ${(Math.abs(gV) / Math.abs(gO)).toFixed(2)} |g_o|`,
      xaxis: axis('potential', undefined, { range: [-0.7, 1.7], dtick: 0.5 }),
      yaxis: { visible: false, range: [0, 1], fixedrange: true },
    })),
    { columns: 3, gapX: 0.05, gapY: 0.3 },
  );
  return {
    data,
    layout: theme({
      title: { text: 'The six cases of SGS (Fig. 3), from computed gradients' },
      width: 900,
      height: 470,
      margin: { t: 112 },
      ...axes,
    }),
  };
}

function arrow(
  name: string,
  from: number,
  by: number,
  height: number,
  colour: number,
  plot: number,
  inLegend: boolean,
): Trace {
  const [trace] = line({ name, x: [from, from + by], y: [height, height], colour, plot, inLegend });
  const head = by < 0 ? 'triangle-left' : 'triangle-right';
  return {
    ...trace,
    mode: 'lines+markers',
    line: { ...(trace.line as object), width: 4 },
    marker: {
      symbol: ['line-ns', head],
      size: [0, 14],
      color: (trace.line as { color: string }).color,
      opacity: 1,
      line: { width: 0 },
    },
  };
}
