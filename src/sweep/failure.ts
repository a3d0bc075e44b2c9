// The reason for which a trial process ended, in words: crashed, killed, out of memory, or a folder that takes no more.
import { readFileSync } from 'node:fs';

/** The end of a process. */
export interface ProcessEnd {
  code: number | null;
  signal: NodeJS.Signals | null;
  /** The end of what it wrote to stderr. */
  stderr: string;
  /** Whether the kernel killed any process for lack of memory while it ran; undefined where the system does not say. */
  kernelKilled?: boolean;
}

/** Kind of failure. `folder`: nothing can be kept any more, whatever is trained. */
export type FailureKind = 'memory' | 'folder' | 'other';

const MEMORY =
  /out of memory|heap limit|Array buffer allocation failed|could not allocate memory|Cannot allocate memory|ENOMEM|std::bad_alloc|OOM when allocating|memory cannot be allocated|ERR_WORKER_OUT_OF_MEMORY|short of memory kills/i;
const FOLDER = /cannot write it \((ENOSPC|EDQUOT|EROFS|EACCES|EPERM|ENOENT)\)/;

/** Classifies the end of a process that was not meant to end so. */
export function failureOf(end: ProcessEnd): { kind: FailureKind; reason: string } {
  const folder = FOLDER.exec(end.stderr);
  if (folder) return { kind: 'folder', reason: lineWith(end.stderr, FOLDER) };
  if (MEMORY.test(end.stderr))
    return { kind: 'memory', reason: `out of memory: ${lineWith(end.stderr, MEMORY)}` };
  // 137 is 128 + SIGKILL: what a shell or a container says of a killed child.
  const killed = end.signal === 'SIGKILL' || end.code === 137;
  if (killed && end.kernelKilled)
    return { kind: 'memory', reason: 'out of memory: the kernel killed it (SIGKILL)' };
  if (killed)
    return {
      kind: 'other',
      reason: `killed by SIGKILL${end.kernelKilled === undefined ? ', as for instance a memory limit does' : ''}`,
    };
  if (end.signal) return { kind: 'other', reason: `ended by ${end.signal}${lastLine(end.stderr)}` };
  return { kind: 'other', reason: `exit code ${end.code}${lastLine(end.stderr)}` };
}

const lineWith = (text: string, pattern: RegExp): string =>
  (text.split('\n').find((line) => pattern.test(line)) ?? '')
    .replace(/^sgs: /, '')
    .trim()
    .slice(0, 300);

/** The line that says most: the error's, or the last. */
function lastLine(text: string): string {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  const line = lines.find((each) => /^(sgs: |\w*Error\b)/.test(each)) ?? lines.at(-1);
  return line === undefined
    ? ''
    : `: ${line
        .replace(/^sgs: /, '')
        .trim()
        .slice(0, 300)}`;
}

/** Number of processes that the kernel has killed for lack of memory since it started; undefined where it does not say. */
export function kernelKills(): number | undefined {
  for (const file of ['/sys/fs/cgroup/memory.events', '/proc/vmstat'])
    try {
      const found = /^oom_kill (\d+)$/m.exec(readFileSync(file, 'utf8'));
      if (found) return Number(found[1]);
    } catch {
      // another system
    }
  return undefined;
}
