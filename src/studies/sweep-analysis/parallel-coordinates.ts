// Parallel coordinates: every run a line through its settings to its accuracy.
//
// Made of scatter lines, not of Plotly's own kind `parcoords`: that one draws with WebGL, which no window without a
// browser has, and its shaders' library compiles code from text, which the report's content security policy forbids.
// Lines are drawn in SVG everywhere, with the runs under the pointer.
import { settingAt, sweptSettings } from '../../statistics/settings.js';
import { cividis } from '../../figures/colours.js';
import { SettingsError } from '../../errors.js';
import { axis, label, theme, type Figure, type Layout, type Trace } from '../../figures/theme.js';
import type { Header, RunHeader } from '../../records/header.js';
import type { StoredRecord } from '../../records/record.js';
import { settingName, valueText } from './levels.js';
import { accuracyOf, MEASURE_NAMES, runsOf, type SweepMeasure } from './measure.js';
import { settingAxis, type SettingAxis } from './setting-axis.js';

/** Data of the figure. */
export interface ParallelSettings {
  /**
   * Paths of the settings, an axis each, from left to right; default all those in which the runs differ, the seed
   * last.
   */
  settings?: readonly string[];
  /** The accuracy at the last epoch that lines end at; default `testAccuracy`. */
  measure?: SweepMeasure;
}

/** Lines are drawn in so many colours: one trace each. */
const COLOURS = 24;
/** End of the scale of colours: the last ones of the scale vanish on white paper. */
const BRIGHTEST = 0.9;
/** Pixels that a letter of a mark takes. */
const PER_LETTER = 7.5;
/** What runs without an accuracy end at, below the axis. */
const BELOW = -0.09;

/**
 * Parallel coordinates of runs.
 *
 * An axis has one level for each value, in order and evenly spaced, or is a scale (logarithmic over more than one
 * and a half decades) where there are more than twelve numbers. Lines through one level are spread by accuracy, so that a
 * level's fan shows how good its runs are. Runs that are not done end below the axis of accuracy, dashed.
 *
 * @throws SettingsError when there is no run, or nothing in which the runs differ
 */
export function parallelCoordinates(
  records: readonly (StoredRecord | Header)[],
  { settings, measure = 'testAccuracy' }: ParallelSettings = {},
): Figure {
  const runs = runsOf(records);
  const paths = settings ?? defaultPaths(runs);
  if (paths.length === 0)
    throw new SettingsError('parallelCoordinates: these runs differ in no setting; give runs of a sweep');
  const accuracies = runs.map((run) => accuracyOf(run, measure));
  const range = rangeOf(accuracies);
  const place = (share: number): number => range[0] + share * (range[1] - range[0]);
  const axes = paths.map((path) =>
    settingAxis(
      runs.map((run) => settingAt(run, path)),
      accuracies,
    ),
  );
  const lines = runs.map((run, i) => ({
    accuracy: accuracies[i],
    y: [...axes.map(({ shares }) => place(shares[i])), accuracies[i] ?? place(BELOW)],
    text: lineText(run, paths, accuracies[i]),
  }));
  const done = lines.filter(({ accuracy }) => accuracy !== null);
  const colourOf = (accuracy: number): number =>
    Math.min(COLOURS - 1, Math.floor((COLOURS * (accuracy - range[0])) / (range[1] - range[0])));
  const bundles = Array.from({ length: COLOURS }, (_, colour) =>
    done.filter(({ accuracy }) => colourOf(accuracy!) === colour),
  );
  const lost = lines.filter(({ accuracy }) => accuracy === null);
  const data = [
    ...(lost.length > 0 ? [bundle(lost, { color: '#7F7F7F', width: 1.2, dash: 'dot' }, 0.8)] : []),
    // The best are drawn last, on top.
    ...bundles.flatMap((members, colour) =>
      members.length > 0
        ? [
            bundle(
              members,
              { color: cividis((BRIGHTEST * colour) / (COLOURS - 1)), width: 1.8 },
              opacityFor(runs.length),
            ),
          ]
        : [],
    ),
  ];
  return { data, layout: layoutOf(paths, axes, { measure, range, place, lost: lost.length }) };
}

const defaultPaths = (runs: readonly RunHeader[]): string[] => {
  const seeds = new Set(runs.map(({ experiment }) => experiment.seed));
  return [...sweptSettings(runs), ...(seeds.size > 1 ? ['seed'] : [])];
};

/** From the worst accuracy to the best with a little air. */
function rangeOf(accuracies: readonly (number | null)[]): [number, number] {
  const known = accuracies.filter((value) => value !== null);
  if (known.length === 0) return [0, 100];
  const [low, high] = [Math.min(...known), Math.max(...known)];
  const air = Math.max(0.04 * (high - low), 0.5);
  return [low - air, high + air];
}

/** Some lines as one trace, with gaps between them. */
function bundle(members: readonly { y: number[]; text: string }[], line: object, opacity: number): Trace {
  return {
    type: 'scatter',
    mode: 'lines',
    x: members.flatMap(({ y }) => [...y.keys(), null]),
    y: members.flatMap(({ y }) => [...y, null]),
    customdata: members.flatMap(({ y, text }) => [...y.map(() => text), '']),
    hovertemplate: '%{customdata}<extra></extra>',
    line,
    opacity,
    showlegend: false,
  };
}

/** Fewer lines are drawn stronger. */
const opacityFor = (count: number): number => (count > 400 ? 0.45 : count > 100 ? 0.65 : 0.85);

const lineText = (run: RunHeader, paths: readonly string[], accuracy: number | null): string =>
  [
    `<b>${accuracy === null ? label(run.outcome.status) : `${accuracy.toFixed(2)} %`}</b>`,
    ...paths.map((path) => `${label(settingName(path))}: ${label(valueText(settingAt(run, path)))}`),
    label(run.id),
  ].join('<br>');

function layoutOf(
  paths: readonly string[],
  axes: readonly SettingAxis[],
  given: { measure: SweepMeasure; range: [number, number]; place(share: number): number; lost: number },
): Layout {
  const { measure, range, place, lost } = given;
  const text = { showarrow: false, xref: 'x', yref: 'y' };
  const longest = (texts: readonly string[]): number => Math.max(...texts.map((each) => each.length));
  const ofMarks = axes.map(({ marks: list }) => longest(list.map((mark) => mark.text)));
  const left = Math.max(56, PER_LETTER * ofMarks[0] + 20);
  const apart = Math.max(
    150,
    ...[...ofMarks, longest(paths.map(settingName))].map((n) => PER_LETTER * n + 30),
  );
  const headings = paths.map((path, i) => ({
    ...text,
    x: i,
    y: place(1.04),
    yanchor: 'bottom',
    xanchor: i === 0 ? 'left' : 'center',
    xshift: i === 0 ? 12 - left : 0,
    text: label(settingName(path)),
  }));
  const marks = axes.flatMap(({ marks: list }, i) =>
    list.map(({ share, text: value }) => ({
      ...text,
      x: i,
      y: place(share),
      xanchor: 'right',
      xshift: -6,
      text: label(value),
      bgcolor: 'rgba(127,127,127,0.22)',
      borderpad: 1,
      font: { size: 11 },
    })),
  );
  const notDone =
    lost > 0
      ? [
          {
            ...text,
            x: paths.length,
            y: place(BELOW),
            xanchor: 'left',
            xshift: 6,
            text: `not done (${lost})`,
            font: { size: 11 },
          },
        ]
      : [];
  return theme({
    title: { text: 'Runs of the sweep' },
    xaxis: { visible: false, range: [0, paths.length], fixedrange: true },
    yaxis: axis(MEASURE_NAMES[measure], '%', {
      side: 'right',
      range: [place(lost > 0 ? BELOW - 0.04 : -0.04), place(1.12)],
      showgrid: false,
      showline: false,
      tickmode: 'array',
      ...ticksOf(range),
    }),
    shapes: [...paths, null].map((_, i) => ({
      type: 'line',
      xref: 'x',
      yref: 'y',
      x0: i,
      x1: i,
      y0: place(0),
      y1: place(1),
      layer: 'above',
    })),
    annotations: [...headings, ...marks, ...notDone],
    margin: { l: left, r: 90, t: 56, b: 24 },
    width: Math.max(800, left + 90 + apart * paths.length),
  });
}

/** Round numbers within the range: at most nine, a 1, 2 or 5 of some decade apart. */
function ticksOf([low, high]: [number, number]): { tickvals: number[]; ticktext: string[] } {
  const decade = 10 ** Math.floor(Math.log10((high - low) / 8));
  const step = decade * [1, 2, 5, 10].find((factor) => (high - low) / (factor * decade) <= 8)!;
  const first = Math.ceil(low / step);
  const tickvals = Array.from({ length: Math.floor(high / step) - first + 1 }, (_, i) =>
    Number(((first + i) * step).toPrecision(6)),
  );
  return { tickvals, ticktext: tickvals.map(String) };
}
