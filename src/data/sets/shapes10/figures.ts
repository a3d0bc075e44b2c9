// The ten figures of shapes10 as plain geometry, and the signed distance to their outline.
// Arithmetic and square roots only: they give the same bits on every machine, sines and cosines may not.

/** A disc: centre and radius. */
type Disc = [x: number, y: number, radius: number];

/**
 * A filled figure in its own coordinates (x to the right, y down, about unit size, centred on the origin): the
 * union of a polygon and discs, less the holes.
 */
export interface Figure {
  name: string;
  /** Corners in order, `[x, y]`. */
  polygon?: [x: number, y: number][];
  discs?: Disc[];
  holes?: Disc[];
}

/** The figures in label order. Their areas are 1.4 to 2.1 (the bolt's 1.0), so that size says little. */
export const FIGURES: readonly Figure[] = [
  { name: 'disc', discs: [[0, 0, 0.78]] },
  { name: 'ring', discs: [[0, 0, 0.92]], holes: [[0, 0, 0.5]] },
  { name: 'crescent', discs: [[0.18, 0, 0.95]], holes: [[0.62, 0, 0.72]] },
  { name: 'heart', polygon: [[-0.77, 0.03], [0, -0.3], [0.77, 0.03], [0, 0.98]], discs: [[-0.43, -0.32, 0.49], [0.43, -0.32, 0.49]] }, // oxfmt-ignore
  { name: 'triangle', polygon: [[0, -1.1], [0.98, 0.62], [-0.98, 0.62]] }, // oxfmt-ignore
  { name: 'square', polygon: [[-0.69, -0.69], [0.69, -0.69], [0.69, 0.69], [-0.69, 0.69]] }, // oxfmt-ignore
  { name: 'cross', polygon: cross(0.3, 0.98) },
  { name: 'star', polygon: star() },
  { name: 'arrow', polygon: [[0, -1.05], [0.88, -0.1], [0.34, -0.1], [0.34, 0.95], [-0.34, 0.95], [-0.34, -0.1], [-0.88, -0.1]] }, // oxfmt-ignore
  { name: 'bolt', polygon: [[0.3, -1.15], [-0.75, 0.2], [-0.1, 0.2], [-0.35, 1.15], [0.75, -0.3], [0.1, -0.3]] }, // oxfmt-ignore
];

/** A plus sign with arms of half width `half` that reach `reach`. */
function cross(half: number, reach: number): [number, number][] {
  return [
    [-half, -reach], [half, -reach], [half, -half], [reach, -half], [reach, half], [half, half],
    [half, reach], [-half, reach], [-half, half], [-reach, half], [-reach, -half], [-half, -half],
  ]; // oxfmt-ignore
}

/** A five-pointed star; the numbers are the sines and cosines of multiples of 36°. */
function star(): [number, number][] {
  const outer = 1.15;
  const inner = 0.5;
  const directions: [number, number][] = [
    [0, -1], [0.5877852523, -0.8090169944], [0.9510565163, -0.3090169944], [0.9510565163, 0.3090169944],
    [0.5877852523, 0.8090169944], [0, 1], [-0.5877852523, 0.8090169944], [-0.9510565163, 0.3090169944],
    [-0.9510565163, -0.3090169944], [-0.5877852523, -0.8090169944],
  ]; // oxfmt-ignore
  return directions.map(([x, y], i) => (i % 2 === 0 ? [x * outer, y * outer] : [x * inner, y * inner]));
}

/**
 * The signed distance to a figure's outline, negative inside: exact for points near it, a bound for others. Points
 * are in the figure's coordinates.
 */
export function signedDistance({
  polygon,
  discs = [],
  holes = [],
}: Figure): (x: number, y: number) => number {
  const toPolygon = polygon ? polygonDistance(polygon) : () => Infinity;
  return (x, y) => {
    let distance = toPolygon(x, y);
    for (const [cx, cy, radius] of discs)
      distance = Math.min(distance, Math.sqrt((x - cx) * (x - cx) + (y - cy) * (y - cy)) - radius);
    for (const [cx, cy, radius] of holes)
      distance = Math.max(distance, radius - Math.sqrt((x - cx) * (x - cx) + (y - cy) * (y - cy)));
    return distance;
  };
}

/** Distance to the nearest edge; the sign from the number of edges that a ray to the right crosses. */
function polygonDistance(corners: readonly [number, number][]): (x: number, y: number) => number {
  const n = corners.length;
  const ax = Float64Array.from(corners, ([x]) => x);
  const ay = Float64Array.from(corners, ([, y]) => y);
  const ex = ax.map((x, i) => ax[(i + 1) % n] - x);
  const ey = ay.map((y, i) => ay[(i + 1) % n] - y);
  return (x, y) => {
    let nearest = Infinity;
    let inside = false;
    for (let i = 0; i < n; i++) {
      const px = x - ax[i];
      const py = y - ay[i];
      const along = (px * ex[i] + py * ey[i]) / (ex[i] * ex[i] + ey[i] * ey[i]);
      const clamped = along < 0 ? 0 : along > 1 ? 1 : along;
      const dx = px - clamped * ex[i];
      const dy = py - clamped * ey[i];
      const squared = dx * dx + dy * dy;
      if (squared < nearest) nearest = squared;
      if (py < 0 !== py < ey[i] && px < (ex[i] * py) / ey[i]) inside = !inside;
    }
    return inside ? -Math.sqrt(nearest) : Math.sqrt(nearest);
  };
}
