// Loss and accuracy of a training as points of a curve: means over some hundred examples each.
import type { StepResult } from '../engines/engine.js';
import type { Point } from './messages.js';

/** Examples that a point stands for, at least; so many are a calm curve. */
const EXAMPLES = 100;

/** Collects steps, in the order of the training. */
export class Points {
  private steps = 0;
  private loss = 0;
  private correct = 0;
  private seen = 0;
  private readonly perPoint: number;

  /**
   * @param training - its batch size, and the steps of an epoch
   * @param onPoint - called with each point
   */
  constructor(
    private readonly training: { batchSize: number; stepsPerEpoch: number },
    private readonly onPoint: (point: Point) => void,
  ) {
    this.perPoint = Math.ceil(EXAMPLES / training.batchSize);
  }

  add({ classification, correct }: StepResult): void {
    const { batchSize, stepsPerEpoch } = this.training;
    this.steps += 1;
    this.loss += classification;
    this.correct += correct;
    this.seen += 1;
    if (this.seen < this.perPoint) return;
    this.onPoint({
      epoch: this.steps / stepsPerEpoch,
      loss: this.loss / this.seen,
      accuracy: this.correct / (this.seen * batchSize),
    });
    this.loss = this.correct = this.seen = 0;
  }
}
