// Formats p-values.

/**
 * `p = 0.036`; below a thousandth `p < 0.001`; the part after p alone is `pValueText`.
 *
 * @param p - in [0, 1]
 * @param name - what comes before the sign; default `p`
 * @returns the text
 */
export const pText = (p: number, name = 'p'): string =>
  p < 0.001 ? `${name} < 0.001` : `${name} = ${pValueText(p)}`;

/** `0.036`; below a thousandth `< 0.001`. */
export const pValueText = (p: number): string => (p < 0.001 ? '< 0.001' : p.toFixed(3));
