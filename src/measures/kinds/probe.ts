// One look inside: gradients and spike rates by layer and time step.
import { z } from 'zod';
import { makeBatch } from '../../data/batches.js';
import { amount, limit, share, step, text } from '../fields.js';
import type { Measure } from '../measure.js';

/** Gradients and spike rates by layer and step. */
export type ProbeSettings = {
  kind: 'probe';
  /** On the first n test examples, default 100. */
  limit?: number;
};

/** One row for each layer and step. */
export const probe: Measure<ProbeSettings> = {
  kind: 'probe',
  title: 'gradients and spike rates by layer and step',
  example: {},
  settings: () => z.strictObject({ kind: z.literal('probe'), limit }),
  defaultLimit: 100,
  async measure(_, { model, dataset, test }) {
    const probes = await model.probe(makeBatch(dataset, 'test', test, { steps: model.settings.steps }));
    return probes.flatMap(({ layer, dead, saturated, traces: _traces, ...byStep }) =>
      byStep.spikeRate.map((spikeRate, t) => ({
        layer,
        step: t + 1,
        spikeRate,
        gradientNorm: byStep.gradientNorm[t],
        windowDensity: byStep.windowDensity[t],
        negativeScales: byStep.negativeScales[t],
        dead,
        saturated,
      })),
    );
  },
  rows: z.strictObject({
    layer: text,
    step,
    spikeRate: share,
    gradientNorm: amount,
    windowDensity: share,
    negativeScales: share,
    dead: share,
    saturated: share,
  }),
};
