// Findings of a measure as text for a terminal: Markdown, its tables aligned.
import { format } from 'oxfmt';
import { toMarkdown, toTable } from '../src/figures/table.js';
import type { Distance } from './agreement.js';
import type { Circumstances, Entry } from './entry.js';
import { isLimited } from './families.js';
import { rowsOf, type Findings, type Row } from './findings.js';
import { MEASURES, type MeasureName } from './measures.js';
import type { Distances } from './reference.js';
import { POINT_ONE_RATES } from './workloads.js';

const UNITS = { s: { name: 'ms', factor: 1e3 }, B: { name: 'MiB', factor: 2 ** -20 } };
/** A share in percent. */
export const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;
/** A ratio. */
export const ratioText = (ratio: number): string => ratio.toFixed(2);

/** Markdown with its tables aligned. */
export const aligned = async (markdown: string): Promise<string> => (await format('table.md', markdown)).code;

/** Machine, versions, threads, build, commit: on what was measured. */
export function circumstancesText(around: Circumstances): string {
  const { machine, node, pytorch, threads, engine, build, commit, dirty, load } = around;
  const torch = pytorch
    ? `PyTorch ${pytorch.version}, CPU capability ${pytorch.capability}, oneDNN ${pytorch.oneDNN ? 'on' : 'off'}, Python ${pytorch.python}`
    : 'no PyTorch';
  return [
    `${machine.cpu}, ${machine.cores} cores, ${machine.memory} GiB, ${machine.platform}, load ${load.toFixed(1)} before`,
    `Node ${node}; ${torch}`,
    `${threads} threads, engine ${engine}, build ${build}, commit ${commit?.slice(0, 10) ?? 'unknown'}${dirty ? ' with changes' : ''}`,
  ].join('; ');
}

/**
 * All that a measure found.
 *
 * @param uncounted - why it cannot be held against the targets
 */
export function findingsText(name: MeasureName, findings: Findings, uncounted?: string): Promise<string> {
  const measure = MEASURES[name];
  const { times, rates, distances, missing, notes, unit } = findings;
  const point = 'point' in measure ? measure.point : undefined;
  const rows = rowsOf(times, uncounted === undefined ? measure.targets : {});
  const [limited, whole] = [
    rows.filter(({ peer }) => isLimited(peer)),
    rows.filter(({ peer }) => !isLimited(peer)),
  ];
  return aligned(
    [
      `## ${name}: ${measure.title}${point ? `, operating point (${point})` : ''}`,
      ...notes.map((note) => `- ${note}`),
      ...(Object.keys(rates).length > 0 ? [ratesText(rates, point)] : []),
      ...(Object.keys(distances).length > 0
        ? [
            `- distance from the reference (loss, rates, logits, gradients; crops / whole batch): ${distancesText(distances)}`,
          ]
        : []),
      ...Object.entries(missing).map(([family, why]) => `- not measured: ${family}: ${oneLine(why)}`),
      ...(uncounted === undefined ? [] : [`- not held against the targets, not logged: ${uncounted}`]),
      '',
      ...(whole.length > 0 ? [tableText(whole, unit)] : []),
      ...(limited.length > 0
        ? ['PyTorch limited to AVX2 instructions; no target refers to it:', '', tableText(limited, unit)]
        : []),
    ].join('\n'),
  );
}

function tableText(rows: readonly Row[], unit: Entry['unit']): string {
  const { name, factor } = UNITS[unit];
  const side = ({ median, best }: Row['ours']): string =>
    `${(median * factor).toFixed(1)} (${(best * factor).toFixed(1)})`;
  const cells = rows.map((row) => ({
    peer: row.peer,
    [`ours ${name}: median (best)`]: side(row.ours),
    [`theirs ${name}: median (best)`]: side(row.theirs),
    'theirs / ours: medians (bests)': `${ratioText(row.ratio)} (${ratioText(row.best)})`,
    'lowest – highest pair': `${ratioText(row.lowest)} – ${ratioText(row.highest)}`,
    target: row.target?.least ?? '',
    aim: row.target?.aim ?? '',
    result: row.verdict,
  }));
  return toMarkdown(toTable(cells));
}

/** Spike rates by layer, and whether operating point (i) is what it should be. */
function ratesText(rates: Readonly<Record<string, number>>, point?: 'i' | 'ii'): string {
  const { least, most } = POINT_ONE_RATES;
  const outside = Object.keys(rates).filter((layer) => rates[layer] < least || rates[layer] > most);
  const text = Object.entries(rates).map(([layer, rate]) => `${layer} ${percent(rate)}`);
  const warning =
    point === 'i' && outside.length > 0
      ? `; outside ${percent(least)} to ${percent(most)}: ${outside.join(', ')}`
      : '';
  return `- spike rates: ${text.join(', ')}${warning}`;
}

/** Distances from the reference: of the crops, then of the whole batch. */
const distancesText = (distances: Readonly<Record<string, Distances>>): string =>
  Object.entries(distances)
    .map(([side, { crops, whole }]) => `${side}: ${crops ? parts(crops) : '–'} / ${parts(whole)}`)
    .join('; ');

const parts = (distance: Distance): string =>
  Object.values(distance)
    .map((value: number) => value.toExponential(0))
    .join(' ');

const oneLine = (text: string): string => text.replace(/\s*\n\s*/g, ' ').slice(0, 300);
