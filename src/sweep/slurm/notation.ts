// Slurm's notation of time limits and array numbers. Tests: test/sweep/slurm.test.ts.

/** A time limit of Slurm in minutes: `90`, `90:00`, `1:30:00`, `2-0`, `2-0:30`, `2-0:30:00`; others are Slurm's to refuse. */
export function minutesOf(time: string): number {
  const [, days, rest] = /^(?:(\d+)-)?([\d:]+)$/.exec(time) ?? [];
  if (rest === undefined) return Infinity;
  const [first, second = 0, third] = rest.split(':').map(Number);
  if (days !== undefined) return Number(days) * 1440 + first * 60 + second + (third ?? 0) / 60;
  return third === undefined ? first + second / 60 : first * 60 + second + third / 60;
}

/** `0-3,7`: numbers in ascending order as Slurm writes them. */
export function ranges(numbers: readonly number[]): string {
  const parts: [number, number][] = [];
  for (const n of [...numbers].sort((a, b) => a - b)) {
    const last = parts.at(-1);
    if (last && n === last[1] + 1) last[1] = n;
    else parts.push([n, n]);
  }
  return parts.map(([from, to]) => (from === to ? String(from) : `${from}-${to}`)).join(',');
}
