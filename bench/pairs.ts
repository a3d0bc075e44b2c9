// Interleaved pairs: our run and a peer's, one right after the other, so that both meet the same machine; and what
// their times say.

/** Something that is timed. */
export interface Contestant {
  name: string;
  /** Runs once and returns seconds by the clock. */
  run(): Promise<number>;
}

/** Seconds of the runs of one peer and of ours beside each. */
export interface PairTimes {
  peer: string;
  ours: number[];
  theirs: number[];
}

/** How often to run, and who hears of it. */
export interface PairOptions {
  /** Pairs for each peer, at least 1. */
  pairs: number;
  /** Runs of everybody that are not timed, first. */
  warmUps: number;
  /** Called after each run with a line for people. */
  onProgress?(text: string): void;
}

/**
 * Times ours against each peer in rounds: one pair for each peer in every round. Who of a pair goes first changes from
 * round to round.
 */
export async function interleave(
  ours: Contestant,
  peers: readonly Contestant[],
  { pairs, warmUps, onProgress }: PairOptions,
): Promise<PairTimes[]> {
  const total = warmUps * (peers.length + 1) + 2 * pairs * peers.length;
  let done = 0;
  const time = async (contestant: Contestant): Promise<number> => {
    await rest();
    const seconds = await contestant.run();
    done += 1;
    onProgress?.(`${done} of ${total}: ${contestant.name} ${(seconds * 1000).toFixed(0)} ms`);
    return seconds;
  };
  for (const contestant of [ours, ...peers]) for (let i = 0; i < warmUps; i++) await time(contestant);
  const times = peers.map(({ name }): PairTimes => ({ peer: name, ours: [], theirs: [] }));
  for (let round = 0; round < pairs; round++)
    for (const [i, peer] of peers.entries()) {
      const pair = [
        async (): Promise<number> => times[i].ours.push(await time(ours)),
        async (): Promise<number> => times[i].theirs.push(await time(peer)),
      ];
      for (const run of round % 2 === 0 ? pair : pair.reverse()) await run();
    }
  return times;
}

/** A thread pool spins for some milliseconds after its work; the next run should not pay for that. */
const rest = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 50));

/** What the pairs of one peer say. */
export interface Ratio {
  peer: string;
  /** Seconds. */
  ours: { median: number; best: number };
  theirs: { median: number; best: number };
  /** Their median over ours: above 1, ours is faster. */
  ratio: number;
  /** Their best over our best. */
  best: number;
  /** The smallest and the largest ratio of a single pair. */
  lowest: number;
  highest: number;
}

/** Middle value; of an even number of values the mean of the two in the middle. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** Medians, bests and ratios of the pairs of one peer. */
export function ratioOf({ peer, ours, theirs }: PairTimes): Ratio {
  const summary = (values: number[]): { median: number; best: number } => ({
    median: median(values),
    best: Math.min(...values),
  });
  const [a, b] = [summary(ours), summary(theirs)];
  const single = theirs.map((seconds, i) => seconds / ours[i]);
  return {
    peer,
    ours: a,
    theirs: b,
    ratio: b.median / a.median,
    best: b.best / a.best,
    lowest: Math.min(...single),
    highest: Math.max(...single),
  };
}

/** Of the ratios whose peers' names begin with `family`, that of the fastest peer by median: the one that counts. */
export function fastestOf<R extends Ratio>(ratios: readonly R[], family: string): R | undefined {
  const members = ratios.filter(({ peer }) => peer.split(' ')[0] === family);
  return members.sort((a, b) => a.theirs.median - b.theirs.median)[0];
}
