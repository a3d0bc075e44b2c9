// Messages and exit codes of a trial process.

/** Sent over the channel between the two processes. */
export type TrialMessage =
  /** It has the run's lease. */
  | { kind: 'claimed'; token: number }
  /** `done`: share of the whole training. `epoch` is 1-based. */
  | { kind: 'progress'; done: number; epoch: number; epochs: number }
  | { kind: 'evaluating'; label: string };

/** Exit codes of `sgs trial`. `busy` is what mail systems use for "try again later". */
export const EXIT = { done: 0, diverged: 3, busy: 75, interrupted: 130 } as const;
