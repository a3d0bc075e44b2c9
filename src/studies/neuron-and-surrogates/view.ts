// The parts that the notebook `neuron-and-surrogates` shows. Tests: test/studies/views.test.ts.
import { defaultNeuron, type LifInForce, lifTrace } from '../../neurons/lif.js';
import { firingGradient } from '../../surrogates/sgs.js';
import { computedOrigin, type StudyContext } from '../context.js';
import { Part } from '../part.js';
import { neuronClaims } from './claims.js';
import { lifFigure } from '../../inspection/lif-trace.js';
import { scaleFigure } from './negative-scale.js';
import { scaledSurrogateFigure, surrogateFigure } from './scaled-surrogates.js';
import { computedCases, SIX_CASES, sixCasesFigure } from './six-cases.js';
import { scaledRows, surrogateRows } from './surrogate-rows.js';
import { scaleRows, smallestTurningDelta } from './window.js';

/** Settings besides the preset. */
export interface NeuronSettings {
  /** Strength of SGS in Fig. 3; default 1, ten thousand times the paper's, so that arrows differ visibly. */
  delta?: number;
}

/** Input of the neuron that is traced: too weak to fire, just strong enough after two steps, and strong. */
const CURRENT = [
  ...[0.2, 0.2, 0.2, 0, 0.4, 0.4, 0.4, 0.4, 0.4, 0],
  ...[0, 0.9, 0.9, 0.9, 0, 0.55, 0, 0.3, 0.45, 0],
];

/** Strength of SGS in the figure of surrogates as it is printed. */
const PRINTED = 0.5;

/** The parts of the study, in the order of the notebook. */
export async function view({ folder, stem }: StudyContext, { delta = 1 }: NeuronSettings = {}) {
  const paper = defaultNeuron;
  const place = (name: string) => ({ folder, stem: `${stem}-${name}`, origin: computedOrigin(stem) });
  // Without a window: with the rectangle two of the six cases pass no gradient.
  const neuron: LifInForce = { ...paper, delta, surrogate: { name: 'identity' } };
  const { engineGradients } = await import('./engine-cases.js');
  const returned = engineGradients(neuron);
  const cases = computedCases(returned);
  return {
    /** A neuron over time. */
    trace: new Part(() => [
      {
        ...place('trace'),
        figure: lifFigure(CURRENT, paper),
        rows: lifTrace(CURRENT, paper).map(({ v, o, u }, i) => ({
          step: i + 1,
          current: CURRENT[i],
          v,
          o,
          u,
        })),
        caption:
          'Potential before the reset (points), reset to 0 at a spike (vertical fall), decay by τ to the next step. Stars are spikes.',
      },
    ]),
    /** Surrogates of the derivative. */
    shapes: new Part(() => [
      {
        ...place('shapes'),
        figure: surrogateFigure(paper.theta),
        rows: surrogateRows(),
        caption:
          'The surrogates that an experiment can name, over the raw potential; the dotted line is the threshold.',
      },
      { table: surrogateRows() },
    ]),
    /** Surrogates under SGS. */
    scaled: new Part(() => [
      {
        ...place('scaled'),
        figure: scaledSurrogateFigure(paper, PRINTED),
        rows: scaledRows(paper, PRINTED),
        caption: `g_v for a gradient of size 1 arriving at the spike. In print δ = ${PRINTED}; the live figure has a slider. The paper’s δ is ${paper.delta}, which cannot be told from the plain surrogate here.`,
      },
    ]),
    /** Distance of the scale from 1 inside the rectangle's window. */
    window: new Part(() => {
      const rows = scaleRows(paper);
      const ours = rows.find((row) => row.delta === paper.delta);
      return [
        { table: rows, show: { digits: 3 } },
        {
          lines: [
            `At the paper's δ = ${paper.delta} one firing function changes a gradient by at most a relative ${ours?.largestChangeOfScale.toExponential(1)}.`,
          ],
        },
      ];
    }),
    /** The six cases of Fig. 3, from gradients that the engine returned. */
    cases: new Part(() => [
      {
        ...place('fig3'),
        figure: sixCasesFigure(cases, neuron.theta),
        png: true,
        rows: cases.map(({ relation, v, o, gO, gV, published, computed }) => ({
          ...{ relation, v, o, gO, gV, ratio: Math.abs(gV / gO) },
          ...{ published, computed },
        })),
        caption: `Fig. 3 of the paper from gradients that engine tfjs returned (identity surrogate, δ = ${delta}). Grey: the step −g_o that arrives at the spike. Blue: the step −g_v that reaches the potential.`,
      },
    ]),
    /** Fig. 3 beside ours, and the engine beside the plain formula. */
    claims: new Part(() => {
      const plain = SIX_CASES.map(({ gO, v, o }) => firingGradient(gO, v, o, neuron));
      const difference = Math.max(...plain.map((value, i) => Math.abs(value - returned[i])));
      return [
        { claims: neuronClaims(cases), place: { folder, stem } },
        {
          lines: [
            `engine tfjs (float32) against the plain formula (float64): largest difference ${difference.toExponential(1)}`,
          ],
        },
      ];
    }),
    /** Where the scale turns negative. */
    negative: new Part(() => {
      const rows = [1, -1].map((sign) => ({
        gradientSign: sign,
        surrogate: 'rectangle',
        smallestDeltaWithNegativeScale: smallestTurningDelta(paper, sign),
      }));
      const smallest = Math.min(...rows.map((row) => row.smallestDeltaWithNegativeScale));
      return [
        {
          ...place('negative'),
          figure: scaleFigure(paper),
          rows,
          caption:
            'Shaded: the scale is negative and the gradient turns round. The rectangle passes gradients only for potentials from 0 to 1.',
        },
        {
          lines: [
            `inside the rectangle's window the scale can be negative from δ = ${smallest.toFixed(2)} on; at the paper's ${paper.delta} it needs |v − o| > ${(1 / paper.delta).toFixed(0)}`,
          ],
        },
      ];
    }),
  };
}
