// An engine whose models tell of each step before the next begins, so that a network can be looked at while it trains.
import type { Engine, Model, StepResult } from '../engines/engine.js';

/** Called after a step. The training goes on when its promise settles. */
export type AfterStep = (model: Model, result: StepResult) => Promise<void>;

/** The same engine; what looks at a model and changes nothing leaves every bit of the training as it is. */
export const watchedEngine = (engine: Engine, afterStep: AfterStep): Engine => ({
  ...engine,
  createModel: (network, settings, weights) =>
    watched(engine.createModel(network, settings, weights), afterStep),
});

const watched = (model: Model, afterStep: AfterStep): Model => ({
  network: model.network,
  settings: model.settings,
  async trainStep(batch, learningRate) {
    const result = await model.trainStep(batch, learningRate);
    await afterStep(model, result);
    return result;
  },
  gradients: (batch) => model.gradients(batch),
  evaluate: (batch, options) => model.evaluate(batch, options),
  probe: (batch, options) => model.probe(batch, options),
  tune: (tuning) => model.tune(tuning),
  read: () => model.read(),
  write: (state) => model.write(state),
  dispose: () => model.dispose(),
});
