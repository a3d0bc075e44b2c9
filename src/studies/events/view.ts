// The parts that the notebook `events` shows. Tests: test/studies/views.slow.ts.
import { imageGrid } from '../../figures/images.js';
import type { StudyContext } from '../context.js';
import { type Item, Part } from '../part.js';
import { trialsOf } from '../trials.js';
import { missingLines, networkItems, networksTable } from './by-network.js';
import { eventClaims } from './claims.js';
import { eventCloud, eventProjections } from './cloud.js';
import { type Binning, binningFigure, binnings, eventRateFigure } from './frame-cuts.js';
import { framePictures, pipelineRows } from './frames.js';
import { eventNetworks } from './networks.js';
import { filmedRecording, polarityRow, recordingRow, simulatedRecording } from './recording.js';

/** Settings besides the preset. */
export interface EventsSettings {
  /** The recording of shapes10-dvs that is shown; default `disc/shapes10_disc_0.aedat`. */
  recording?: string;
}

/** Side of a frame as drawn, in pixels. */
const CELL = 96;

/** The parts of the study, in the order of the notebook. */
export async function view(
  context: StudyContext,
  { recording: name = 'disc/shapes10_disc_0.aedat' }: EventsSettings = {},
) {
  const { folder, stem, place } = context;
  const { experiment } = [...context.trials, ...trialsOf('quick', stem)].find(
    (trial) => trial.experiment.data.name === 'shapes10-dvs',
  )!;
  const { steps } = experiment;
  const recording = await simulatedRecording(name, experiment);
  const { stream } = recording;
  const networks = eventNetworks(context.trained, context.evaluations);
  return {
    /** The set, and one of its recordings in numbers. */
    recording: new Part(() => [{ lines: [recording.description] }, { table: [recordingRow(recording)] }]),
    /** The recording as a cloud of events. */
    cloud: new Part(() => [
      {
        ...place('cloud', []),
        figure: eventCloud(stream),
        still: eventProjections(stream),
        rows: [polarityRow(recording)],
        caption: `${name}: each point is a change of brightness at one pixel. Drag to turn; in print, the projections on x–t and y–t.`,
      },
    ]),
    /** The recording cut into frames of equal event count and of equal duration. */
    cuts: new Part(() => {
      const rows = binnings(stream, steps);
      return [
        {
          ...place('rate', []),
          figure: eventRateFigure(stream, steps),
          rows,
          digits: 4,
          caption: 'The image moves along its path and turns at corners; in between, few edges cross pixels.',
        },
        {
          ...place('binning', []),
          figure: binningFigure(rows),
          rows,
          digits: 4,
          caption: `The same recording in ${steps} frames, both ways: every event lands in exactly one frame of each.`,
        },
        { lines: [lostLine(rows, stream.count)] },
      ];
    }),
    /** The pipelines that an experiment can name, and what three of them make of the recording. */
    frames: new Part(() => [
      { table: pipelineRows() },
      {
        ...place('frames', []),
        figure: imageGrid(
          (['tet', 'tet-plain', 'duration'] as const).flatMap((pipeline) =>
            framePictures(stream, pipeline, steps),
          ),
          { columns: steps, cell: CELL, title: 'The same recording under three pipelines' },
        ),
        png: true,
        caption: 'Blue: OFF events, orange: ON events; each frame divided by its largest count.',
      },
    ]),
    /** Networks on each set that the preset trains. */
    networks: new Part(() => [
      { lines: missingLines(context) },
      ...networksTable(context, networks),
      ...networks.flatMap((network) => networkItems(context, network, networks)),
    ]),
    /** A recording of CIFAR10-DVS, where it is. */
    filmed: new Part((): Item[] => {
      const filmed = filmedRecording();
      if (filmed === undefined) return [{ lines: [NOT_HERE] }];
      return [
        {
          ...place('cifar10-dvs', []),
          figure: eventProjections(filmed.stream),
          title: 'A recording of CIFAR10-DVS',
          caption: `${filmed.name}, ${filmed.stream.count} events`,
        },
      ];
    }),
    /** The paper's result as far as it is known, beside ours. */
    claims: new Part(() => [{ claims: eventClaims(networks), place: { folder, stem } }]),
  };
}

const NOT_HERE =
  'CIFAR10-DVS is not here: `npx --no sgs data cifar10-dvs` downloads it, or SGS_DATA names a folder that has it';

/** Number of events that land in no frame, cut either way. */
const lostLine = (cuts: readonly Binning[], events: number): string => {
  const lost = (['countEvents', 'durationEvents'] as const).map(
    (column) => events - cuts.reduce((sum, row) => sum + row[column], 0),
  );
  return `events in no frame: ${lost.join(' and ')}`;
};
