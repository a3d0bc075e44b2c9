// Chooses the runs of a sweep's analysis: the trainings of a preset for a study, or every run in a folder. Tests:
// test/studies/views.test.ts.
import { SettingsError } from '../../errors.js';
import type { Json } from '../../json.js';
import { networkLabel } from '../../network/architectures.js';
import type { RunHeader } from '../../records/header.js';
import { listHeaders } from '../../records/index-cache.js';
import { selectRuns, sweptSettings } from '../../statistics/settings.js';
import { recordsOf } from '../../sweep/presets/found.js';
import { networksOf, type PresetName } from '../../sweep/presets/presets.js';
import type { StudyContext } from '../context.js';
import { trialsOf } from '../trials.js';

/** Value by path of a setting, such as `{ 'neuron.delta': 0 }`. */
export type SettingValues = Readonly<Record<string, Json>>;

/** Choice of runs. */
export interface Choice {
  /** Default `desk`; null: every run in the folder, whatever it was made for. */
  preset?: PresetName | null;
  /** The study whose trainings of the preset are analysed; default `sgs-ablation`. */
  group?: string;
  /**
   * Only runs with these settings; default the paper's surrogate. Of a preset with several networks the one of most trainings is taken unless a path here
   * begins with `network.`.
   */
  where?: SettingValues;
}

const RECTANGLE: SettingValues = { 'neuron.surrogate.name': 'rectangle' };

/** The runs, what they differ in, and what there is to say about them. */
export interface Chosen {
  runs: RunHeader[];
  /** Paths of the settings that were swept. */
  swept: string[];
  lines: string[];
  /** Command that makes the outputs again. */
  command: string;
}

/** @throws SettingsError where there is no such run */
export function chosenRuns(
  context: StudyContext,
  { preset = 'desk', group = 'sgs-ablation', where = RECTANGLE }: Choice,
): Chosen {
  const command =
    preset === null
      ? `npx --no sgs notebooks run notebooks/${context.stem}.ipynb --set preset=null`
      : context.command;
  const { found, lines } =
    preset === null ? { found: runsIn(context), lines: [] } : trainingsOf(context, { preset, group, where });
  const runs = selectRuns(found, where);
  if (runs.length === 0)
    throw new SettingsError(
      `no finished training among ${found.length}: run \`${preset === null ? 'sgs sweep' : command}\` first`,
    );
  const swept = sweptSettings(runs);
  const seeds = new Set(runs.map(({ experiment }) => experiment.seed));
  return {
    ...{ runs, swept, command },
    lines: [...lines, `${runs.length} runs, ${seeds.size} seeds; swept: ${swept.join(', ') || 'nothing'}`],
  };
}

const runsIn = ({ runs }: StudyContext): RunHeader[] =>
  listHeaders(runs).headers.filter((header): header is RunHeader => header.kind === 'run');

/** The trainings of a preset for a study that are there, of one network unless one is asked for. */
function trainingsOf(
  { runs, data, command }: StudyContext,
  { preset, group, where }: { preset: PresetName; group: string; where: SettingValues },
): { found: RunHeader[]; lines: string[] } {
  const planned = trialsOf(preset, group, { data });
  const asked = Object.keys(where).some((path) => path.startsWith('network.'));
  const [network, ...others] = asked ? [] : networksOf(planned);
  const trials = planned.filter(
    ({ experiment }) => network === undefined || networkLabel(experiment.network) === network,
  );
  const { runs: found } = recordsOf(runs, trials);
  const lines: string[] = [];
  if (others.length > 0)
    lines.push(
      `of ${network} only; also in the preset: ${others.join(', ')} (where = { 'network.architecture': … } chooses)`,
    );
  if (found.length > 0 && found.length < trials.length)
    lines.push(`${found.length} of ${trials.length} trainings are there; to make the others: ${command}`);
  return { found, lines };
}
