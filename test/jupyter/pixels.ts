// What can be told about a figure from a picture of it.

/** A picture: 4 bytes a pixel, red, green, blue, alpha; as `PNG.sync.read` of pngjs gives it. */
export interface Pixels {
  width: number;
  height: number;
  data: Uint8Array;
}

/** Differences of a colour channel up to this are called the same: edges are smoothed. */
const TOLERANCE = 24;

const colourAt = (data: Uint8Array, i: number): number => (data[i] << 16) | (data[i + 1] << 8) | data[i + 2];

function countColours({ data }: Pixels): Map<number, number> {
  const counts = new Map<number, number>();
  for (let i = 0; i < data.length; i += 4) {
    const colour = colourAt(data, i);
    counts.set(colour, (counts.get(colour) ?? 0) + 1);
  }
  return counts;
}

const channelsDiffer = (a: number, b: number): boolean =>
  [16, 8, 0].some((shift) => Math.abs(((a >> shift) & 255) - ((b >> shift) & 255)) > TOLERANCE);

/** The share of a picture's pixels, 0 to 1, that differ from its most frequent colour: 0 for a blank one. */
export function inkShare(picture: Pixels): number {
  const counts = [...countColours(picture)].sort((a, b) => b[1] - a[1]);
  const background = counts[0][0];
  let ink = 0;
  for (const [colour, count] of counts) if (channelsDiffer(colour, background)) ink += count;
  return ink / (picture.width * picture.height);
}

/**
 * The share of pixels, 0 to 1, that differ between two pictures of the same size.
 *
 * @throws Error when their sizes differ
 */
export function changedShare(a: Pixels, b: Pixels): number {
  if (a.width !== b.width || a.height !== b.height)
    throw new Error(`pictures of different size: ${a.width} × ${a.height}, ${b.width} × ${b.height}`);
  let changed = 0;
  for (let i = 0; i < a.data.length; i += 4)
    if (channelsDiffer(colourAt(a.data, i), colourAt(b.data, i))) changed++;
  return changed / (a.width * a.height);
}

/** Least share of ink: axes and a title alone have about one per cent. */
const LEAST_INK = 0.005;
/** Least share of marks: a dozen points of 6 pixels in a figure of 800 × 480 have 0.0009. */
const LEAST_MARKS = 0.0003;

/**
 * Whether a figure is visible.
 *
 * @param shown - the figure as it is
 * @param bare - the same with its data hidden: axes, titles and legend only
 * @returns what is wrong, or undefined
 */
export function pictureProblem(shown: Pixels, bare: Pixels): string | undefined {
  const percent = (share: number): string => `${(100 * share).toFixed(3)} %`;
  const ink = inkShare(shown);
  if (ink < LEAST_INK) return `is blank: ${percent(ink)} of its pixels are not background`;
  const marks = changedShare(shown, bare);
  if (marks < LEAST_MARKS) return `shows no data: ${percent(marks)} of its pixels change when data is hidden`;
  return undefined;
}
