// The newest result of each measure in the log, side by side for the two operating points, as Markdown.
import { toMarkdown, toTable } from '../src/figures/table.js';
import type { Entry } from './entry.js';
import { FAMILIES, familyOf, isLimited } from './families.js';
import { rowsOf, type Row } from './findings.js';
import { fastestOf } from './pairs.js';
import { circumstancesText, percent, ratioText } from './print.js';

/** The report of a log, oldest entry first. */
export function reportText(log: readonly Entry[]): string {
  if (log.length === 0) return 'The log is empty: `npm run bench` measures.';
  const newest = [...new Map(log.map((entry) => [entry.measure, entry])).values()];
  const compared = newest.filter(({ point }) => point !== null);
  const limited = table(compared, isLimited);
  const activity = activityTable(newest.filter(({ point }) => point === null));
  const parts = [
    'Theirs over ours, median (lowest – highest pair), at the operating points (i) and (ii):',
    table(compared, (peer) => !isLimited(peer)),
    ...(limited ? ['PyTorch limited to AVX2 instructions; no target refers to it:', limited] : []),
    ...(activity ? ['Time at 20 % of spikes over time at other rates:', activity] : []),
    compiledText(compared),
    list('Spike rates', newest.filter(({ rates }) => Object.keys(rates).length > 0).map(ratesText)),
    list('Measured on', runsText(newest)),
  ];
  return parts.filter((part) => part !== '').join('\n\n');
}

/** A table of the peers that are wanted: a row for each title and family, a column for each operating point. */
function table(entries: readonly Entry[], wanted: (peer: string) => boolean): string {
  const lines = new Map<string, Record<string, string>>();
  for (const { times, targets, title, point } of entries) {
    const rows = rowsOf(times, targets).filter(({ peer }) => wanted(peer));
    for (const family of new Set(rows.map(({ peer }) => familyOf(peer)))) {
      const key = `${title}, ${family}`;
      const line = lines.get(key) ?? { measure: title, peer: family, '(i)': '', '(ii)': '' };
      line[`(${point})`] = cell(fastestOf(rows, family)!);
      lines.set(key, line);
    }
  }
  return lines.size === 0 ? '' : toMarkdown(toTable([...lines.values()]));
}

/** `2.51 (2.40 – 2.60) nhwc; target 2.4, aim 3: met`. */
function cell({ peer, ratio, lowest, highest, target, verdict }: Row): string {
  const range = lowest === highest ? '' : ` (${ratioText(lowest)} – ${ratioText(highest)})`;
  const layout = peer
    .split(' ')
    .slice(1)
    .map((word) => ` ${word}`);
  const aim = target?.aim === undefined ? '' : `, aim ${target.aim}`;
  const wanted = target ? `; target ${target.least}${aim}: ${verdict}` : '';
  return `${ratioText(ratio)}${range}${layout.join('')}${wanted}`;
}

/** Time at 20 % of spikes over time at other rates. */
function activityTable(entries: readonly Entry[]): string {
  const lines = new Map<string, Record<string, string>>();
  for (const { times, targets, title } of entries)
    for (const row of rowsOf(times, targets)) {
      const line = lines.get(row.peer) ?? { spikes: row.peer };
      lines.set(row.peer, { ...line, [title]: cell(row) });
    }
  return lines.size === 0 ? '' : toMarkdown(toTable([...lines.values()]));
}

/** Nothing may be said of PyTorch as a whole where its compiler was left out. */
function compiledText(entries: readonly Entry[]): string {
  const without = entries
    .filter(({ times }) => times.some(({ peer }) => familyOf(peer) in FAMILIES))
    .filter(({ times }) => !times.some(({ peer }) => familyOf(peer) === 'compiled'))
    .map(({ measure }) => measure);
  if (without.length === 0) return '';
  return `Without torch.compile: ${without.join(', ')}. That leaves open how ours compares with PyTorch at its best.`;
}

function ratesText({ measure, rates }: Entry): string {
  const text = Object.entries(rates).map(([layer, rate]) => `${layer} ${percent(rate)}`);
  return `${measure}: ${text.join(', ')}`;
}

/** The runs that the entries are from, and on what they ran. */
function runsText(entries: readonly Entry[]): string[] {
  const runs = new Map<string, Entry[]>();
  for (const entry of entries) {
    const measured = entry.unit === 'B' ? 'one warm step' : `${entry.pairs} pairs`;
    const text = `${measured}; ${circumstancesText(entry)}`;
    runs.set(text, [...(runs.get(text) ?? []), entry]);
  }
  return [...runs].map(([text, members]) => {
    const names = members.map(({ measure }) => measure).join(', ');
    return `${names}: ${members[0].time.slice(0, 10)}; ${text}`;
  });
}

const list = (title: string, lines: readonly string[]): string =>
  lines.length === 0 ? '' : `${title}:\n\n${lines.map((line) => `- ${line}`).join('\n')}`;
