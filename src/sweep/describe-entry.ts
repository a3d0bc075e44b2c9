// Entry of the process that describes a sweep's trials, so that neither data nor engine stay in the one that leads the
// sweep: a GPU's memory is free again for the trials when it ends. Tests: test/sweep/executor.slow.ts.
import {
  type DescribedTrial,
  type DescribeOptions,
  describeTrials,
  type TrialDescription,
} from './describe.js';

/** Its question. */
export interface DescribeRequest {
  trials: DescribedTrial[];
  options: Omit<DescribeOptions, 'onProgress'>;
}

/** Its answer. */
export type DescribeAnswer =
  | { kind: 'progress'; event: { done: number; total: number; label: string } }
  | { kind: 'done'; descriptions: TrialDescription[] }
  | { kind: 'error'; name: string; message: string };

process.on('disconnect', () => process.exit(1));
process.once('message', ({ trials, options }: DescribeRequest) => {
  const answer = (message: DescribeAnswer, then?: () => void): void =>
    void process.send!(message, undefined, undefined, then);
  const leave = (): void => process.exit(0);
  describeTrials(trials, {
    ...options,
    onProgress: (event) => answer({ kind: 'progress', event }),
  }).then(
    (descriptions) => answer({ kind: 'done', descriptions }, leave),
    (error: Error) => answer({ kind: 'error', name: error.name, message: error.message }, leave),
  );
});
