// An engine that computes nothing: it notes what it is asked and answers what a test has written down, so that what
// stands around an engine (trainer, measures) is held to exact numbers.
import type { Batch } from '../../src/data/dataset.js';
import { experiment } from '../../src/experiment/experiment.js';
import type { Engine, Evaluation, LayerActivity, Model, StepResult } from '../../src/engines/engine.js';

/** What an engine was asked. */
export interface Asked {
  steps: { batch: Batch; learningRate: number }[];
  evaluations: { batch: Batch; activity: boolean | undefined }[];
}

/** What it answers. */
export interface Script {
  /** Of training step `index`, 0-based, over all epochs. Default 0 throughout. */
  step?(index: number, batch: Batch): Partial<StepResult>;
  /** Mean loss of evaluation `index`, 0-based, over all epochs. Default 0. */
  loss?(index: number, batch: Batch): number;
  /** The class predicted for an example. Default 0. */
  predict?(label: number, b: number, batch: Batch): number;
  /** Activity of an evaluation that asks for it. Default one layer `lif` that fires always. */
  activity?(index: number, batch: Batch): LayerActivity[];
}

const firing: LayerActivity[] = [{ layer: 'lif', kind: 'neuron', nonZero: [1], size: 1 }];

/** An engine that follows a script, and what it was asked so far. */
export function scriptedEngine(script: Script = {}): { engine: Engine; asked: Asked } {
  const asked: Asked = { steps: [], evaluations: [] };
  const createModel: Engine['createModel'] = (network, settings, weights) => {
    const { classes } = network;
    const model: Pick<Model, 'trainStep' | 'evaluate' | 'read' | 'write' | 'dispose'> = {
      trainStep(batch, learningRate) {
        const answer = script.step?.(asked.steps.length, batch);
        asked.steps.push({ batch, learningRate });
        return Promise.resolve({ loss: 0, classification: 0, lipschitz: 0, correct: 0, ...answer });
      },
      evaluate(batch, { activity } = {}) {
        const index = asked.evaluations.length;
        asked.evaluations.push({ batch, activity });
        const logits = new Float32Array(batch.labels.length * classes);
        const predictions = Array.from(batch.labels, (label, b) => script.predict?.(label, b, batch) ?? 0);
        predictions.forEach((predicted, b) => (logits[b * classes + predicted] = 1));
        const answer: Evaluation = {
          logits,
          loss: script.loss?.(index, batch) ?? 0,
          correct: predictions.filter((predicted, b) => predicted === batch.labels[b]).length,
          ...(activity && { activity: script.activity?.(index, batch) ?? firing }),
        };
        return Promise.resolve(answer);
      },
      read: () => Promise.resolve({ weights, optimizer: {}, updates: asked.steps.length }),
      write: () => undefined,
      dispose: () => undefined,
    };
    return { ...model, network, settings } as Model;
  };
  const numerics = { engine: 'scripted', backend: 'none', build: 'plain', version: 1, deterministic: true };
  return {
    engine: {
      numerics,
      description: 'scripted',
      createModel,
      peakBytes: () => Promise.resolve(0),
      dispose: () => undefined,
    },
    asked,
  };
}

/** A model of 10 classes and two steps that follows a script, and what it was asked so far. */
export function scriptedModel(script: Script = {}): { model: Model; asked: Asked } {
  const { engine, asked } = scriptedEngine(script);
  const network = { name: 'scripted', input: [6, 7, 3] as [number, number, number], classes: 10, layers: [] };
  return { model: engine.createModel(network, experiment({ steps: 2 }), {}), asked };
}
