// Colours of values: the sequential scale of the theme as a function, for traces that Plotly cannot colour by value.
/** Cividis as Plotly has it: eighteen colours from low to high. Source: J. Nuñez et al., PLOS ONE 13 (2018). */
const CIVIDIS: readonly (readonly [red: number, green: number, blue: number])[] = [
  [0, 32, 76],
  [0, 42, 102],
  [0, 52, 110],
  [39, 63, 108],
  [60, 74, 107],
  [76, 85, 107],
  [91, 95, 109],
  [104, 106, 112],
  [117, 117, 117],
  [131, 129, 120],
  [146, 140, 120],
  [161, 152, 118],
  [176, 165, 114],
  [192, 177, 109],
  [209, 191, 102],
  [225, 204, 92],
  [243, 219, 79],
  [255, 233, 69],
];

/**
 * The colour of a share of the way from the lowest value to the highest, as CSS `rgb()`.
 *
 * @param share - in [0, 1]; beyond it the colour of the nearest end
 */
export function cividis(share: number): string {
  const place = Math.min(Math.max(share, 0), 1) * (CIVIDIS.length - 1);
  const below = Math.min(Math.floor(place), CIVIDIS.length - 2);
  const mixed = CIVIDIS[below].map((from, i) =>
    Math.round(from + (place - below) * (CIVIDIS[below + 1][i] - from)),
  );
  return `rgb(${mixed.join(', ')})`;
}
